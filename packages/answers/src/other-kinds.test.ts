import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type GraderSettings, graderFor, loadCustomGrader } from "./index.ts";

type Case = [string, string | null];

function extracted(kind: "text" | "json" | "pattern" | "exact" | "custom", text: string, settings?: GraderSettings) {
  const extraction = graderFor({ kind }, settings).extract(text);
  return extraction.kind === "answer" ? extraction.answer : null;
}

describe("text", () => {
  it.each<Case>([
    ["ANSWER: Paris", "paris"],
    ["ANSWER: The  Eiffel Tower.", "eiffel tower"],
    ['ANSWER: "Paris"', "paris"],
    ["**Answer:** **Paris**", "paris"],
    ["The answer is Paris. It is the capital.", "paris"],
    ["The answer is **Paris**, the capital of France.", "paris"],
    ["ANSWER: Dr. Smith", "dr. smith"],
    ["\\boxed{\\text{Paris}}", "paris"],
    ["Let me think.\n\nParis", "paris"],
    ["Paris", "paris"],
    [`${"long ".repeat(60)}`, null],
    ["", null],
  ])("%j gives %j", (text, answer) => expect(extracted("text", text)).toBe(answer));

  it("keeps at most 2,000 characters of a gold answer", () => {
    expect(graderFor({ kind: "text" }).canonical("x".repeat(5_000))).toHaveLength(2_000);
  });
});

describe("json", () => {
  it.each<Case>([
    ['{"answer": 42}', "42"],
    ['{"answer": "42"}', "42"],
    ['{"answer": 42.0}', "42"],
    ['{"answer": "The Paris."}', "paris"],
    ['{"answer": true}', "true"],
    ['{"answer": [1, "B", {"b": 1e2, "a": null}]}', '[1,"b",{"a":null,"b":100}]'],
    ['Sure:\n```json\n{"answer": 7}\n```\nDone {x}.', "7"],
    ['Sure: {"answer": 6} and then {"answer": {"x": 7}} ok', '{"x":7}'],
    ['{"answer": "x } in a string"}', "x } in a string"],
    ['Text {"answer": "x } b { c"} end', "x } b { c"],
    ['{"answer": 12345678901234567890}', "12345678901234567890"],
    ['{"answer": 1e999999999}', "1e999999999"],
    ['{"answer": null}', null],
    ['{"other": 42}', null],
    ['{"__proto__": {"answer": 1}}', null],
    ['{"answer": 42', null],
    ["ANSWER: 42", null],
    [`{"answer": ${"[".repeat(100)}${"]".repeat(100)}}`, null],
  ])("%j gives %j", (text, answer) => expect(extracted("json", text)).toBe(answer));

  it("follows a dotted field", () => {
    expect(extracted("json", '{"result": {"items": [{"value": "1/2"}]}}', { field: "result.items.0.value" })).toBe(
      "0.5",
    );
    expect(extracted("json", '{"a.b": 1, "a": {"b": 2}}', { field: "a.b" })).toBe("1");
  });

  it("brings gold answers into the same form", () => {
    const { canonical } = graderFor({ kind: "json" });
    expect(canonical('{"b": 1.0, "a": "X"}')).toBe('{"a":"x","b":1}');
    expect(canonical('"Paris"')).toBe("paris");
    expect(canonical("Paris")).toBe("paris");
  });
});

describe("pattern", () => {
  it.each<[string, string, string | null]>([
    ["\\d\\d/\\d\\d/\\d{4}", "on 11/22/2001 or 11/23/2001.", "11/23/2001"],
    ["id=(\\w+)", "id=a1 id=B2", "b2"],
    ["id=(\\w+)", "nothing", null],
    ["(a)|b", "a b", "a"],
    ["x", "<think>x</think>y", null],
  ])("%s in %j gives %j", (pattern, text, answer) => expect(extracted("pattern", text, { pattern })).toBe(answer));

  it.each(["(", "(?P<x", "a{2000}{2000}", "(\\w)\\1", "(?:a{500}){2}b{900}"])("refuses %s", (pattern) => {
    expect(() => graderFor({ kind: "pattern" }, { pattern })).toThrow(/pattern/);
  });

  it("needs a pattern", () => expect(() => graderFor({ kind: "pattern" })).toThrow(/need a `pattern`/));
});

describe("exact", () => {
  it.each<Case>([
    ["ANSWER: Paris ", "Paris"],
    ["**ANSWER: Paris**", "Paris"],
    ["  Paris\nFrance ", "Paris\nFrance"],
    ["ANSWER: a\nANSWER: B", "B"],
    ["", null],
  ])("%j gives %j", (text, answer) => expect(extracted("exact", text)).toBe(answer));

  it("keeps recorded answers", () => expect(graderFor({ kind: "exact" }).canonical(" A b. ")).toBe("A b."));
});

describe("custom", async () => {
  const folder = await mkdtemp(join(tmpdir(), "quorate-answers-"));
  afterAll(() => rm(folder, { recursive: true }));

  async function written(name: string, source: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, source);
    return path;
  }

  it("uses the functions of a module", async () => {
    const source =
      "export const extract = (text) => text.match(/\\d+/)?.[0] ?? null; export const equal = (a, b) => +a === +b;";
    const grader = graderFor({ kind: "custom" }, { custom: await loadCustomGrader(await written("good.mjs", source)) });
    expect(grader.extract("it is 042")).toEqual({ kind: "answer", answer: "042" });
    expect(grader.extract("none")).toEqual({ kind: "abstention", reason: "no-answer" });
    expect(grader.equal?.("042", "42")).toBe(true);
  });

  it("abstains when they throw", async () => {
    const source = "export function extract() { throw 1 } export function equal() { throw 2 }";
    const grader = graderFor(
      { kind: "custom" },
      { custom: await loadCustomGrader(await written("throws.mjs", source)) },
    );
    expect(grader.extract("x")).toEqual({ kind: "abstention", reason: "no-answer" });
    expect(grader.equal?.("a", "b")).toBe(false);
    expect(grader.equal?.("a", "a")).toBe(true);
  });

  it("names the file and what is missing", async () => {
    const path = await written("bad.mjs", "export const other = 1;");
    await expect(loadCustomGrader(path)).rejects.toMatchObject({ code: "bad-option", message: /bad\.mjs.*`extract`/ });
    await expect(loadCustomGrader("/no/such.mjs")).rejects.toMatchObject({ code: "bad-option", message: /such\.mjs/ });
  });

  it("needs a grader", () => expect(() => graderFor({ kind: "custom" })).toThrow(/custom grader/));
});
