import { writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { Sample } from "@quorate/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFile } from "./__fixtures__/temporary-file.ts";
import { FileBytes } from "./bytes.ts";
import { openBytes } from "./open-bytes.ts";
import { openTrace } from "./open-trace.ts";
import type { TraceEntry, TraceFile } from "./trace-file.ts";

async function open(content: string | Buffer, onWarning?: (text: string) => void): Promise<TraceFile> {
  const path = await temporaryFile("trace.jsonl");
  await writeFile(path, content);
  const trace = await openTrace(path, onWarning === undefined ? {} : { onWarning });
  onTestFinished(() => trace.close());
  return trace;
}

async function all(trace: TraceFile): Promise<readonly TraceEntry[]> {
  const entries: TraceEntry[] = [];
  for await (const entry of trace) entries.push(entry);
  return entries;
}

function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

const header = { quorate: "samples", version: 1 };
const sampleLine = (question: number, index: number, parts: object = {}) => ({
  sample: { question, index, wave: 0, extraction: { kind: "answer", answer: `${index}` }, signals: {}, ...parts },
});
const questionLine = (index: number, id: string, parts: object = {}) => ({
  question: { index, id, text: `Text of ${id}`, kind: "number", ...parts },
});

describe("the compact form", () => {
  const compact = lines(
    {
      id: "a",
      dataset: "d",
      model: "m",
      question: "Why é?",
      gold: "1",
      group: "g",
      options: ["1", "2"],
      samples: [
        { answer: "1", confidence: 0.5, logprob: -0.25, tokens: 12, kind: "completed", model: "x" },
        { answer: null, confidence: null, logprob: -9999, tokens: null, kind: "truncated" },
      ],
    },
    { id: "b", question: null, gold: null, samples: [] },
  );

  it("is read as recorded", async () => {
    const trace = await open(compact);
    expect(trace).toMatchObject({
      form: "compact",
      length: 2,
      signals: ["recorded", "mean-logprob", "sequence-logprob"],
    });
    expect(await all(trace)).toEqual([
      {
        question: { id: "a", kind: "exact", text: "Why é?", gold: "1", group: "g", category: "d", options: ["1", "2"] },
        samples: [
          {
            index: 0,
            wave: 0,
            extraction: { kind: "answer", answer: "1" },
            signals: { recorded: 0.5, "mean-logprob": -0.25, "sequence-logprob": -3 },
            usage: { inputTokens: 0, outputTokens: 12 },
            finishReason: "stop",
            model: "x",
          },
          {
            index: 1,
            wave: 0,
            extraction: { kind: "abstention", reason: "recorded" },
            signals: { "mean-logprob": "censored" },
            finishReason: "length",
            model: "m",
          },
        ],
      },
      { question: { id: "b", kind: "exact" }, samples: [] },
    ]);
  });

  it("is found by id and by place, in any order", async () => {
    const trace = await open(compact);
    expect([trace.indexOf("b"), trace.indexOf("a"), trace.indexOf("c")]).toEqual([1, 0, -1]);
    expect([trace.sampleCountAt(0), trace.sampleCountAt(1)]).toEqual([2, 0]);
    expect((await trace.questionAt(1)).id).toBe("b");
    expect(await trace.samplesAt(0)).toHaveLength(2);
    await expect(trace.questionAt(2)).rejects.toMatchObject({ code: "not-found" });
  });

  it("may be packed, have blank lines, carriage returns, a byte order mark, a header and no last line break", async () => {
    const plain = await all(await open(compact));
    expect(await all(await open(gzipSync(compact)))).toEqual(plain);
    const odd = `\ufeff${lines({ quorate: "compact", version: 1 })}\n${compact.trim().replaceAll("\n", "\r\n\r\n")}`;
    expect(await all(await open(odd))).toEqual(plain);
    expect(await all(await open(`\ufeff${compact}`))).toEqual(plain);
  });

  it("finds its way in files of many blocks", async () => {
    const count = 9000;
    const content = Array.from({ length: count }, (_, i) =>
      JSON.stringify({ id: `q${i}`, samples: Array.from({ length: 8 }, (_, k) => ({ answer: `${i}.${k}` })) }),
    ).join("\n");
    const trace = await open(content);
    expect(trace.length).toBe(count);
    let seen = 0;
    for await (const { question, samples } of trace) {
      expect(question.id).toBe(`q${seen}`);
      expect(samples[7]?.extraction).toEqual({ kind: "answer", answer: `${seen}.7` });
      seen++;
    }
    for (const index of [8999, 0, 4500, 2222, 2223, 8998]) {
      expect(trace.indexOf(`q${index}`)).toBe(index);
      expect((await trace.samplesAt(index))[0]?.extraction).toEqual({ kind: "answer", answer: `${index}.0` });
    }
  });
});

describe("the samples form", () => {
  it("gathers scattered samples in launch order", async () => {
    const rich: Omit<Sample, "index" | "wave" | "extraction"> = {
      text: "So 7.\nANSWER: 7",
      finishReason: "stop",
      usage: { inputTokens: 10, cachedInputTokens: 4, outputTokens: 5, reasoningTokens: 2 },
      costUsd: 0.001,
      latencyMs: 12.5,
      signals: { "mean-logprob": "censored", "special-token": 0.5, "group-lowest@16": 7.25, internal: 1 },
      detail: "why",
      tokens: [
        {
          token: "So",
          logprob: -0.5,
          top: [
            { token: "So", logprob: -0.5 },
            { token: "Thus", logprob: -1.5 },
          ],
        },
      ],
    };
    const trace = await open(
      lines(
        header,
        questionLine(5, "a", { gold: "7", messages: [{ role: "user", content: "hi" }] }),
        sampleLine(5, 2),
        questionLine(0, "b"),
        sampleLine(0, 0),
        sampleLine(5, 0, rich),
        sampleLine(5, 1, { extraction: { kind: "abstention", reason: "truncated" }, wave: 1 }),
      ),
    );
    expect(trace).toMatchObject({ form: "samples", length: 2 });
    expect(trace.signals).toEqual(["mean-logprob", "special-token", "internal", "group-lowest@16"]);
    expect(trace.shows).toEqual({ text: true, tokens: true, topLogprobs: 2 });
    expect(trace.sampleCountAt(0)).toBe(3);
    const [a, b] = await all(trace);
    expect(a?.question).toEqual({
      id: "a",
      kind: "number",
      text: "Text of a",
      gold: "7",
      messages: [{ role: "user", content: "hi" }],
    });
    expect(a?.samples).toEqual([
      { index: 0, wave: 0, extraction: { kind: "answer", answer: "0" }, ...rich },
      { index: 1, wave: 1, extraction: { kind: "abstention", reason: "truncated" }, signals: {} },
      { index: 2, wave: 0, extraction: { kind: "answer", answer: "2" }, signals: {} },
    ]);
    expect(b?.samples).toHaveLength(1);
  });

  it("of several runs in a row holds the samples of all, run by run", async () => {
    const trace = await open(
      lines(
        header,
        questionLine(0, "a"),
        sampleLine(0, 0),
        sampleLine(0, 1),
        header,
        questionLine(0, "b"),
        questionLine(1, "a"),
        sampleLine(1, 0, { extraction: { kind: "answer", answer: "second run" } }),
        sampleLine(0, 0),
      ),
    );
    expect(trace.length).toBe(2);
    expect((await trace.samplesAt(0)).map(({ extraction }) => extraction)).toEqual([
      { kind: "answer", answer: "0" },
      { kind: "answer", answer: "1" },
      { kind: "answer", answer: "second run" },
    ]);
  });

  it("may announce a question again, as a resumed run does", async () => {
    const trace = await open(lines(questionLine(0, "a"), sampleLine(0, 0), questionLine(0, "a"), sampleLine(0, 1)));
    expect(trace.sampleCountAt(0)).toBe(2);
  });

  it("may have no question yet", async () => {
    expect(await open(lines(header))).toMatchObject({ length: 0, signals: [] });
  });
});

describe("a last line without its line break", () => {
  it("is kept when it is whole, dropped with a warning when torn", async () => {
    const warnings: string[] = [];
    const whole = lines({ id: "a", samples: [] }, { id: "b", samples: [] });
    expect((await open(whole.trimEnd(), (text) => warnings.push(text))).length).toBe(2);
    expect(warnings).toEqual([]);
    expect((await open(whole.slice(0, -3), (text) => warnings.push(text))).length).toBe(1);
    expect(warnings).toEqual([expect.stringMatching(/trace\.jsonl, line 2: the last line is torn/)]);
  });
});

describe("what is wrong is named with file, line and field", () => {
  const good = { id: "a", samples: [{ answer: "1" }] };
  it.each([
    { name: "nothing", content: "", says: /trace\.jsonl is empty/ },
    { name: "bad JSON", content: `${lines(good)}{]\n`, says: /trace\.jsonl, line 2: this is not valid JSON/ },
    { name: "a list", content: "[1]\n", says: /line 1: expected a JSON object/ },
    { name: "something else", content: '{"x":1}\n', says: /line 1: this is neither/ },
    { name: "a duplicate id", content: lines(good, good), says: /line 2: the id "a" was used before/ },
    { name: "a new version", content: lines({ ...good, version: 2 }), says: /line 1: the field `version`/ },
    { name: "a new header", content: lines({ ...header, version: "2" }), says: /line 1: the field `version`/ },
    { name: "a strange header", content: lines({ quorate: "x" }), says: /line 1: the field `quorate`/ },
    { name: "no samples", content: lines({ id: "a" }), says: /line 1: the field `samples`/ },
    { name: "no id", content: lines({ samples: [] }), says: /line 1: the field `id`/ },
    { name: "no answer", content: lines({ id: "a", samples: [{}] }), says: /the field `samples\[0\]\.answer`/ },
    {
      name: "a strange confidence",
      content: lines({ id: "a", samples: [{ answer: "1", confidence: 7 }] }),
      says: /line 1: the field `samples\[0\]\.confidence` .* got 7/,
    },
    {
      name: "a strange log-probability",
      content: lines({ id: "a", samples: [{ answer: "1", logprob: 0.1 }] }),
      says: /`samples\[0\]\.logprob`/,
    },
    {
      name: "a mixture",
      content: lines(good, header),
      says: /line 2: a line of the samples form in a file of the compact/,
    },
    { name: "an orphan", content: lines(header, sampleLine(3, 0)), says: /line 2: the field `sample\.question`/ },
    {
      name: "a sample twice",
      content: lines(questionLine(0, "a"), sampleLine(0, 1), sampleLine(0, 1)),
      says: /line 3: sample 1 of this question is on line 2 already/,
    },
    {
      name: "a number twice",
      content: lines(questionLine(0, "a"), questionLine(0, "b")),
      says: /line 2: the field `question\.index`/,
    },
    {
      name: "an id twice",
      content: lines(questionLine(0, "a"), questionLine(1, "a")),
      says: /line 2: the id "a" was used before in this section/,
    },
    {
      name: "two questions of one id",
      content: lines(header, questionLine(0, "a"), header, questionLine(0, "a", { gold: "9" })),
      says: /line 4: the id "a" was used before for a different question/,
    },
    { name: "a strange kind", content: lines(questionLine(0, "a", { kind: "x" })), says: /`question\.kind`/ },
    {
      name: "a strange extraction",
      content: lines(questionLine(0, "a"), sampleLine(0, 0, { extraction: { kind: "abstention", reason: "x" } })),
      says: /line 2: the field `sample\.extraction\.reason`/,
    },
    {
      name: "a strange finish reason",
      content: lines(questionLine(0, "a"), sampleLine(0, 0, { finishReason: "x" })),
      says: /`sample\.finishReason`/,
    },
    {
      name: "a distribution that adds up to more than 1",
      content: lines(
        questionLine(0, "a"),
        sampleLine(0, 0, {
          distribution: [
            { answer: "1", probability: 0.7 },
            { answer: "2", probability: 0.4 },
          ],
        }),
      ),
      says: /`sample\.distribution` .*at most 1/,
    },
    {
      name: "a distribution that names an answer twice",
      content: lines(
        questionLine(0, "a"),
        sampleLine(0, 0, {
          distribution: [
            { answer: "1", probability: 0.2 },
            { answer: "1", probability: 0.2 },
          ],
        }),
      ),
      says: /`sample\.distribution\[1\]\.answer`/,
    },
    {
      name: "a distribution without answers",
      content: lines(questionLine(0, "a"), sampleLine(0, 0, { distribution: [] })),
      says: /`sample\.distribution`/,
    },
    {
      name: "strange usage",
      content: lines(questionLine(0, "a"), sampleLine(0, 0, { usage: { inputTokens: 1, outputTokens: -1 } })),
      says: /`sample\.usage\.outputTokens`/,
    },
  ])("$name", async ({ content, says }) => {
    await expect(open(content)).rejects.toMatchObject({ code: "bad-input", message: expect.stringMatching(says) });
  });

  it("a file that is not there, and one that is not really packed", async () => {
    await expect(openTrace("/nowhere/trace.jsonl")).rejects.toThrow("/nowhere/trace.jsonl cannot be read");
    await expect(open(Buffer.from([0x1f, 0x8b, 1, 2, 3]))).rejects.toThrow(/trace\.jsonl cannot be read/);
    await expect(open(gzipSync("{}").subarray(0, 12))).rejects.toThrow(/trace\.jsonl cannot be read/);
  });
});

describe("openBytes", () => {
  it("unpacks large files into a temporary one", async () => {
    const content = Buffer.from("0123456789".repeat(200_000));
    const path = await temporaryFile("large.gz");
    await writeFile(path, gzipSync(content));
    const bytes = await openBytes(path, 1000);
    expect(bytes).toBeInstanceOf(FileBytes);
    expect(bytes.size).toBe(content.length);
    expect((await bytes.read(262_140, 10)).toString()).toBe("0123456789");
    expect((await bytes.read(0, content.length)).equals(content)).toBe(true);
    await bytes.close();
    await bytes.close();
  });
});
