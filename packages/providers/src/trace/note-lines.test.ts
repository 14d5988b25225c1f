import { writeFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFile } from "./__fixtures__/temporary-file.ts";
import { openTrace } from "./open-trace.ts";
import type { TraceFile } from "./trace-file.ts";

const header = { quorate: "samples", version: 1 };
const question = (index: number, id: string) => ({ question: { index, id, kind: "number" } });
const sample = (number: number, index: number, more = {}) => ({
  sample: {
    question: number,
    index,
    extraction: { kind: "answer", answer: "1" },
    signals: { "mean-logprob": -1 },
    ...more,
  },
});
const asked = (number: number, index: number, value: number | undefined) => ({
  followUp: {
    question: number,
    index,
    elicitor: "p-true",
    asked: "openai:m",
    options: { labels: "yes-no" },
    ...(value === undefined ? { gap: "no-label" } : { signals: { "p-true": value } }),
  },
});
const call = (number: number, key: string) => ({
  call: { question: number, key, text: "Yes", finishReason: "stop", usage: { inputTokens: 5, outputTokens: 1 } },
});

async function open(...lines: readonly object[]): Promise<TraceFile> {
  const path = await temporaryFile("trace.jsonl");
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const trace = await openTrace(path);
  onTestFinished(() => trace.close());
  return trace;
}

const signalsIn = async (trace: TraceFile, index: number) =>
  (await trace.samplesAt(index)).map(({ signals }) => signals);

describe("what was asked about samples", () => {
  it("is read with its sample, wherever below it stands", async () => {
    const trace = await open(
      ...[header, question(0, "a"), question(1, "b"), sample(0, 1), sample(1, 0), call(1, "k1"), asked(1, 0, 0.25)],
      ...[sample(0, 0), asked(0, 0, undefined), call(0, "k0"), call(1, "k2"), asked(0, 1, 0.75)],
    );
    expect(trace.signals).toEqual(["mean-logprob", "p-true"]);
    expect(await signalsIn(trace, 0)).toEqual([{ "mean-logprob": -1 }, { "mean-logprob": -1, "p-true": 0.75 }]);
    expect((await trace.samplesAt(0))[0]!.followUps).toEqual([
      { elicitor: "p-true", asked: "openai:m", options: { labels: "yes-no" }, gap: "no-label" },
    ]);
    expect(await signalsIn(trace, 1)).toEqual([{ "mean-logprob": -1, "p-true": 0.25 }]);
    expect((await trace.callsAt(1)).map(({ key }) => key)).toEqual(["k1", "k2"]);
    expect(await trace.callsAt(0)).toEqual([
      {
        key: "k0",
        reply: { kind: "reply", text: "Yes", finishReason: "stop" },
        usage: { inputTokens: 5, outputTokens: 1 },
      },
    ]);
    expect(trace.sampleCountAt(0)).toBe(2);
  });

  it("is not said of a sample that took the place of the one asked about", async () => {
    const again = sample(0, 0, { replaces: true });
    expect(await signalsIn(await open(header, question(0, "a"), sample(0, 0), asked(0, 0, 0.1), again), 0)).toEqual([
      { "mean-logprob": -1 },
    ]);
  });

  it("stays in its section where files were concatenated", async () => {
    const part = (value: number) => [header, question(0, "a"), sample(0, 0), asked(0, 0, value)];
    const trace = await open(...part(0.1), header, question(0, "a"), sample(0, 0), ...part(0.3));
    expect((await signalsIn(trace, 0)).map((signals) => signals["p-true"])).toEqual([0.1, undefined, 0.3]);
  });

  it("counts as it was asked last", async () => {
    const trace = await open(header, question(0, "a"), sample(0, 0), asked(0, 0, 0.1), asked(0, 0, undefined));
    expect(await signalsIn(trace, 0)).toEqual([{ "mean-logprob": -1 }]);
    expect((await trace.samplesAt(0))[0]!.followUps).toHaveLength(2);
  });

  it.each([
    [
      "a question that is not there",
      { call: { question: 3, key: "k", text: "", finishReason: "stop" } },
      /index of a question/,
    ],
    ["no probability", { followUp: { ...asked(0, 0, 1).followUp, signals: { "p-true": 2 } } }, /from 0 to 1/],
    ["an unknown gap", { followUp: { ...asked(0, 0, 1).followUp, gap: "bored" } }, /followUp\.gap/],
  ])("is refused for %s", async (_, line, message) => {
    await expect(open(header, question(0, "a"), sample(0, 0), line)).rejects.toThrowError(message);
  });
});
