import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { makeWorkplace } from "./support/workplace.ts";

const key = "sk-secret-0123456789abcdef";
const place = makeWorkplace();
/** Nobody listens here, and nobody should be asked. */
const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };
const model = ["--model", "openai:fake-model"];

beforeAll(() => {
  place.file("q.jsonl", '{"id":"a","question":"What is 1 + 1?"}\n');
  place.file("bad.jsonl", '{"id":"a","question":"x"}\n{"id":"b","question":\n');
  place.file("same.jsonl", '{"id":"a","question":"x"}\n\n{"id":"a","question":"y"}\n');
  place.file("empty.jsonl", "");
  place.file("number.jsonl", '{"id":"a","question":5}\n');
  place.file("kind.jsonl", '{"id":"a","question":"x","kind":"essay"}\n');
  place.file("option.jsonl", '{"id":"a","question":"x","options":["only"]}\n');
  place.file("role.jsonl", '{"id":"a","messages":[{"role":"boss","content":"x"}]}\n');
  place.file("pattern.jsonl", '{"id":"a","question":"x"}\n{"id":"b","question":"x","kind":"pattern"}\n');
  place.file("custom.jsonl", '{"id":"a","question":"x","kind":"custom"}\n');
  place.file("prompt.jsonl", '{"prompt":"x"}\n');
  place.file("short.csv", "id,question\na\n");
  place.file("quote.csv", 'id,question\na,"x\n');
  place.file("prompt.csv", "id,prompt\na,x\n");
  place.file("broken.json", "{bad");
  place.file("field.json", '{"name":"mine","stop":{"rule":"beta","levl":0.9}}');
  place.file("rule.json", '{"name":"mine","stop":{"rule":"gut-feeling"}}');
  place.file("options.json", '{"name":"mine","stop":{"rule":"asc-d"}}');
  place.file("choices.jsonl", '{"id":"a","question":"x","options":["y","z"]}\n{"id":"b","question":"x"}\n');
  place.file("level.json", '{"name":"mine","stop":{"rule":"beta","level":1.5}}');
  place.file("plain.txt", "no placeholder");
  place.file("unknown.txt", "{{question}} {{answer}}");
  place.file("grader.mjs", "export const equal = () => true;\n");
  place.file("trace.jsonl", '{"id":"a","gold":null,"samples":[{"answer":"A"},{"answer":"A"}]}\n');
  place.file("blank.jsonl", "\n\n");
  place.file("forms.jsonl", '{"id":"a","samples":[]}\n{"question":{"index":0,"id":"b","kind":"number"}}\n');
  place.file("prices.json", '{"fake-model":{"inputUsdPerMillion":-1}}');
  mkdirSync(join(place.path, "folder"));
});

afterAll(() => place.remove());

/** A wrong command line, and what its one line on standard error names. */
const wrong: readonly (readonly [string, RegExp])[] = [
  ["run bad.jsonl", /bad\.jsonl, line 2: this is not valid JSON/],
  ["run same.jsonl", /same\.jsonl, line 3: the id "a" is that of line 1/],
  ["run empty.jsonl", /empty\.jsonl holds no question/],
  ["run missing.jsonl", /missing\.jsonl cannot be read: ENOENT/],
  ["run folder", /folder cannot be read: EISDIR/],
  ["run number.jsonl", /line 1: field "question"/],
  ["run kind.jsonl", /line 1: field "kind".*"number"/],
  ["run option.jsonl", /line 1: field "options"/],
  ["run role.jsonl", /line 1: field "messages\.0\.role"/],
  ["run pattern.jsonl", /line 2: .*"pattern" cannot be read without --pattern/],
  ["run custom.jsonl", /line 1: .*"custom" cannot be read without --grader/],
  ["run prompt.jsonl", /neither "question" nor "messages".*fields seen: prompt.*--map question=NAME/],
  ["run q.jsonl --map question=text", /neither "text" nor "messages".*fields seen: id, question/],
  ["run short.csv", /short\.csv is not valid CSV: .*line 2/],
  ["run quote.csv", /quote\.csv is not valid CSV: .*line 2/],
  ["run prompt.csv", /prompt\.csv, line 2: .*fields seen: id, prompt/],
  ["run q.jsonl --map nonsense", /--map.*question=prompt,gold=label/],
  ["run q.jsonl --map answer=gold", /--map.*id, question, messages/],
  ["run q.jsonl --policy nobody", /no policy "nobody".*Known: quorate, sc/],
  ["run q.jsonl --policy missing.json", /no policy file missing\.json/],
  ["run q.jsonl --policy broken.json", /policy file broken\.json cannot be read/],
  ["run q.jsonl --policy field.json", /field\.json is not valid.*levl/],
  ["run q.jsonl --policy rule.json", /rule\.json is not valid.*unknown stopping rule "gut-feeling", known: /],
  ["run q.jsonl --policy level.json", /level\.json is not valid.*stop\.level/],
  [
    "run choices.jsonl --policy options.json",
    /"mine" must know how many answers are possible, and question "b" lists no options.*stop\.answers=4/,
  ],
  ["run q.jsonl --policy asc --set stop.level=2", /stop\.level/],
  ["run q.jsonl --policy asc --set stop.levl=0.9", /levl/],
  ["run q.jsonl --policy asc --set nonsense", /name=value.*"nonsense"/],
  ["run q.jsonl --set stop.level=0.9", /could mean several rules.*stop\.horizon\.level/],
  ["run q.jsonl --set go.level=1", /has no "go"/],
  ["run q.jsonl --max-samples 0", /--max-samples.*integer from 1/],
  ["run q.jsonl --max-samples NaN", /--max-samples.*integer from 1/],
  ["run q.jsonl --max-samples 99999999999", /--max-samples.*to 10000/],
  ["run q.jsonl --concurrency 1.5", /--concurrency.*integer/],
  ["run q.jsonl --temperature hot", /--temperature.*number/],
  ["run q.jsonl --budget -1", /--budget.*number/],
  ["run q.jsonl --budget 1", /--budget needs --max-tokens/],
  ["run q.jsonl --budget 1 --max-tokens 9", /price of openai:fake-model is not known.*--prices/],
  ["run q.jsonl --prices missing.json", /missing\.json cannot be read.*ENOENT/],
  ["run q.jsonl --prices prices.json", /prices\.json is wrong at fake-model/],
  ["run q.jsonl --deadline soon", /--deadline.*15m/],
  ["run q.jsonl --timeout 0", /timeoutMs|--timeout/],
  ["run q.jsonl --kind essay", /--kind.*number, choice/],
  ["run q.jsonl --kind pattern", /"pattern" cannot be read without --pattern/],
  ["run q.jsonl --kind pattern --pattern (", /pattern.*RE2/],
  ["run q.jsonl --kind custom", /"custom" cannot be read without --grader/],
  ["run q.jsonl --kind custom --grader missing.mjs", /missing\.mjs.*cannot be loaded/],
  ["run q.jsonl --kind custom --grader grader.mjs", /grader\.mjs.*does not export a function `extract`/],
  ["run q.jsonl --template missing.txt", /missing\.txt cannot be read: ENOENT/],
  ["run q.jsonl --template plain.txt", /never shows the question.*\{\{question\}\}/],
  ["run q.jsonl --template unknown.txt", /unknown placeholder \{\{answer\}\}/],
  ["run q.jsonl --base-url nowhere", /"nowhere"/],
  ["run q.jsonl --out q.jsonl", /q\.jsonl cannot be used.*--out/],
  ["run q.jsonl --out folder --reuse folder", /--reuse folder holds no samples/],
  ["run q.jsonl --wat", /unknown option '--wat'/],
  ["run q.jsonl more.jsonl", /too many arguments/],
  ["run", /No question file is named/],
  ["run q.jsonl --model nobody", /no known provider.*openai:gpt-4o-mini/],
  ["run q.jsonl --model openai:", /has no name/],
  ["run --model replay:missing", /trace missing cannot be read/],
  ["run --model replay:bad.jsonl", /bad\.jsonl, line 1/],
  ["ask", /missing required argument/],
  ["ask x --options one", /at least two options/],
  ["show folder", /folder holds no run/],
  ["compare folder folder", /folder holds no run/],
  ["eval missing", /trace missing cannot be read/],
  ["eval q.jsonl --policies ,", /names no policy/],
  ["eval q.jsonl --pattern (", /pattern.*RE2/],
  ["eval empty.jsonl", /trace empty\.jsonl is empty/],
  ["eval blank.jsonl", /trace blank\.jsonl is empty/],
  ["eval forms.jsonl", /forms\.jsonl, line 2: a line of the samples form in a file of the compact form/],
  ["eval trace.jsonl --baseline asc --policies sc,lead", /baseline is none of the policies.*sc or lead.*"asc"/],
  ["eval trace.jsonl --max-samples 0", /--max-samples.*integer from 1/],
  ["eval trace.jsonl --price-model gpt-4o-mini", /--price-model names no model.*openai:gpt-4o-mini/],
  ["eval trace.jsonl --price-model openai:", /--price-model names no model/],
  ["eval trace.jsonl --price-model a:b --prices missing.json", /missing\.json cannot be read/],
  ["eval trace.jsonl --prices prices.json", /--prices needs --price-model/],
  ["eval trace.jsonl --latency slow", /--latency.*lognormal:4,0\.5/],
  ["eval trace.jsonl --latency lognormal:0,1", /--latency.*lognormal:4,0\.5/],
  ["eval trace.jsonl --out missing/out.json", /--out missing\/out\.json cannot be written: ENOENT/],
  ["eval trace.jsonl --out folder", /--out folder cannot be written: it is a directory/],
  ["eval trace.jsonl --out trace.jsonl", /--out trace\.jsonl would overwrite what is read/],
  ["policies nobody", /no policy "nobody"/],
  ["dance", /unknown command/],
];

function filesUnder(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(path, name)).isFile());
}

describe("bad input", () => {
  it("exits with 2 and one clear message, without a stack trace, a key or a file", async () => {
    const before = filesUnder(place.path);
    const check = async ([line, words]: (typeof wrong)[number]): Promise<void> => {
      const args = line.split(" ");
      if (/^(run|ask)/.test(line) && !line.includes("--model")) args.push(...model);
      const { code, stdout, stderr } = await quorate(args, env, place.path);
      expect({ line, code, stdout, stderr }).toEqual({
        line,
        code: 2,
        stdout: "",
        stderr: expect.stringMatching(words),
      });
      expect(stderr, line).not.toMatch(/^\s+at |node:internal|Warning:|\[object/m);
      expect(stderr.replace("(see --help)\n", "").trimEnd().split("\n"), line).toHaveLength(1);
      expect(stderr).not.toContain(key);
    };
    const left = [...wrong];
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await check(next);
    };
    await Promise.all([worker(), worker()]);
    expect(filesUnder(place.path)).toEqual(before);
  });

  it("names the variable when the key is missing", async () => {
    const { code, stderr } = await quorate(["run", "q.jsonl", "--model", "openai:gpt-4o-mini"], {}, place.path);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/OPENAI_API_KEY is not set/) });
  });

  it("never shows the key, not even when the server repeats it", async () => {
    const { startLlmServer } = await import("@quorate/llm-server");
    const server = await startLlmServer({ apiKey: "sk-another-0123456789" });
    try {
      const args = ["run", "q.jsonl", ...model, "--base-url", server.url, "--out", "refused"];
      const { code, stdout, stderr } = await quorate(args, env, place.path);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/HTTP 401/) });
      const out = join(place.path, "refused");
      const written = filesUnder(out).map((name) => readFileSync(join(out, name), "utf8"));
      expect([stdout, stderr, ...written].join("\n")).not.toMatch(/sk-(secret|another)/);
    } finally {
      await server.close();
    }
  });
});
