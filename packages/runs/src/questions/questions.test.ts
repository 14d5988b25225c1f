import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openQuestions } from "./open-questions.ts";
import type { QuestionDefaults } from "./question-line.ts";
import { firstQuestions, type QuestionSource } from "./question-source.ts";

let directory: string;
let opened: QuestionSource[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "quorate-questions-"));
  opened = [];
});
afterEach(async () => {
  for (const source of opened) await source.close();
  rmSync(directory, { recursive: true });
});

async function open(
  content: string | Buffer,
  defaults: QuestionDefaults = {},
  name = "q.jsonl",
): Promise<QuestionSource> {
  writeFileSync(join(directory, name), content);
  const source = await openQuestions(join(directory, name), defaults);
  opened.push(source);
  return source;
}

const all = async (source: QuestionSource) =>
  Promise.all(Array.from({ length: source.length }, (_, i) => source.at(i)));

describe("a JSONL file of questions", () => {
  it("gives its questions in order, with ids where there are none", async () => {
    const source = await open('{"question":"1+1?","gold":2}\n\n{"id":"b","question":"2+2?","kind":"math","group":7}\n');
    expect(await all(source)).toEqual([
      { id: "line-1", kind: "number", text: "1+1?", gold: "2" },
      { id: "b", kind: "math", text: "2+2?", group: "7" },
    ]);
    expect([source.indexOf("b"), source.indexOf("zz")]).toEqual([1, -1]);
  });

  it("takes options as a choice, messages as they are, and nulls as absent", async () => {
    const messages = [{ role: "user", content: "Pick." }];
    const source = await open(
      `${JSON.stringify({ question: "Which?", options: ["x", 2], gold: "A", kind: null })}\n${JSON.stringify({ messages })}`,
      { kind: "text" },
    );
    expect(await all(source)).toEqual([
      { id: "line-1", kind: "text", text: "Which?", options: ["x", "2"], gold: "A" },
      { id: "line-2", kind: "text", messages },
    ]);
    expect((await (await open('{"question":"q","options":["a","b"]}')).at(0)).kind).toBe("choice");
  });

  it("reads other field names", async () => {
    const source = await open('{"prompt":"q","label":"3"}', { fields: { question: "prompt", gold: "label" } });
    expect(await source.at(0)).toMatchObject({ text: "q", gold: "3" });
  });

  it("reads gzip, and its digest tells files apart", async () => {
    const text = '{"question":"q"}\n';
    const plain = await open(text);
    const packed = await open(gzipSync(text), {}, "packed.jsonl.gz");
    expect(await packed.at(0)).toEqual(await plain.at(0));
    expect(packed.digest).toBe(plain.digest);
    expect((await open('{"question":"r"}\n')).digest).not.toBe(plain.digest);
  });

  it.each([
    ["", /holds no question/],
    ["\n \n", /holds no question/],
    ['{"question":"a"}\n{"question":', /q\.jsonl, line 2: this is not valid JSON/],
    ['{"question":"a","id":"x"}\n{"question":"b","id":"x"}', /line 2: the id "x" is that of line 1 already/],
    ['{"prompt":"a"}', /line 1: neither "question" nor "messages".*fields seen: prompt.*--map question=NAME/],
    ['{"question":"a","kind":"colour"}', /line 1: field "kind"/],
    ['{"question":"a","options":["one"]}', /line 1: field "options"/],
    ["3", /line 1: the line/],
  ])("refuses %j", async (content, message) => {
    await expect(open(content)).rejects.toThrowError(message);
  });

  it("says so when it is not there", async () => {
    await expect(openQuestions(join(directory, "absent.jsonl"))).rejects.toThrowError(/absent\.jsonl cannot be read/);
  });
});

describe("a CSV file of questions", () => {
  it("has a header, quoted cells and options in one cell", async () => {
    const source = await open(
      'id,prompt,options,gold\na,"Which, and\nwhy?",x | y,B\nb,More?,,\n',
      { fields: { question: "prompt" } },
      "q.csv",
    );
    expect(await all(source)).toEqual([
      { id: "a", kind: "choice", text: "Which, and\nwhy?", options: ["x", "y"], gold: "B" },
      { id: "b", kind: "number", text: "More?" },
    ]);
    expect(source.indexOf("b")).toBe(1);
  });

  it.each([
    ["id,question\n", /holds no question/],
    ["id,question\na,x\na,y\n", /line 3: the id "a" is that of line 2/],
    ['id,question\na,"open\n', /not valid CSV/],
  ])("refuses %j", async (content, message) => {
    await expect(open(content, {}, "q.csv")).rejects.toThrowError(message);
  });
});

describe("firstQuestions", () => {
  it("is the file cut short", async () => {
    const source = await open('{"question":"a","id":"a"}\n{"question":"b","id":"b"}\n');
    const first = firstQuestions(source, 1);
    expect([first.length, first.indexOf("a"), first.indexOf("b")]).toEqual([1, 0, -1]);
    expect(firstQuestions(source, 5)).toBe(source);
    expect(firstQuestions(source, undefined)).toBe(source);
  });
});
