import { writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectOutcomes, describeProvider, testContext, testRequest } from "../testing.ts";
import { temporaryFile } from "../trace/__fixtures__/temporary-file.ts";
import type { RecordedSample } from "../trace/trace-file.ts";
import { replayFromSamples, replayProvider } from "./replay-provider.ts";

const request = testRequest();
const recorded = (count: number): RecordedSample[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    wave: 0,
    extraction: { kind: "answer", answer: `${index}` },
    signals: {},
  }));
const samplesOf = (count: number) => new Map([[request.question.id, recorded(count)]]);

const skip = [{ reason: "replaying costs nothing", tests: ["makes what cannot be paid an outcome"] }] as const;

describeProvider(
  { describe, it },
  {
    name: "replay from memory",
    create: () => ({ provider: replayFromSamples(samplesOf(5)) }),
    skip,
  },
);
describeProvider(
  { describe, it },
  {
    name: "replay of tokens",
    create: () => {
      const top = ["A", "B", "C", "D", "E", "F"].map((token, place) => ({ token, logprob: -0.25 - place }));
      const samples = recorded(5).map((sample) => ({
        ...sample,
        text: "A",
        tokens: [{ token: "A", logprob: -0.25, top }],
      }));
      return { provider: replayFromSamples(new Map([[request.question.id, samples]])) };
    },
    skip,
  },
);
describeProvider(
  { describe, it },
  {
    name: "replay from a file",
    create: async () => {
      const path = await temporaryFile("trace.jsonl");
      const samples = recorded(5).map((_, index) => ({ answer: `${index}` }));
      await writeFile(path, `${JSON.stringify({ id: request.question.id, samples })}\n`);
      return { provider: await replayProvider(path, { order: { shuffleSeed: 1 } }) };
    },
    skip,
  },
);

async function answers(provider: ReturnType<typeof replayFromSamples>, indexes: readonly number[]) {
  const outcomes = await collectOutcomes(provider, request, indexes, testContext());
  return outcomes.map(({ outcome }) =>
    outcome.kind === "response" && outcome.extraction?.kind === "answer" ? outcome.extraction.answer : outcome,
  );
}

describe("replay", () => {
  it("gives samples in recorded order and says when there are no more", async () => {
    const provider = replayFromSamples(samplesOf(2));
    expect(provider.available?.(request.question)).toBe(2);
    expect(await answers(provider, [1, 0, 2])).toEqual(["1", "0", { kind: "exhausted", available: 2 }]);
  });

  it("takes no run's journal for full votes: it ends where the run's policy stopped", async () => {
    const journal = ['{"quorate":"samples","version":1}', '{"question":{"index":0,"id":"a","kind":"exact"}}'];
    const path = await temporaryFile("samples.jsonl");
    await writeFile(path, `${journal.join("\n")}\n`);
    const provider = await replayProvider(path);
    expect(provider.available?.({ id: "a", kind: "exact" })).toBeUndefined();
    await provider.close();
  });

  it("has nothing for questions that were not recorded", async () => {
    const provider = replayFromSamples(new Map());
    expect(provider.available?.(request.question)).toBe(0);
    expect(await answers(provider, [0])).toEqual([{ kind: "exhausted", available: 0 }]);
  });

  it("costs nothing, whatever it once cost", async () => {
    const usage = { inputTokens: 1, outputTokens: 2 };
    const samples = recorded(1).map((sample) => ({ ...sample, usage, costUsd: 1, text: "x", latencyMs: 3 }));
    const provider = replayFromSamples(new Map([[request.question.id, samples]]));
    const context = testContext();
    const [only] = await collectOutcomes(provider, request, [0], context);
    expect(only?.outcome).toEqual({
      kind: "response",
      extraction: { kind: "answer", answer: "0" },
      finishReason: "other",
      signals: {},
      text: "x",
      usage,
      latencyMs: 3,
    });
    expect(provider.worstCaseUsd(request, 9)).toBe(0);
    expect(context.ledger.attempts).toEqual([]);
  });

  it("shuffles by seed and question alone: in whatever parts it is asked, each sample comes once", async () => {
    const whole = Array.from({ length: 10 }, (_, i) => i);
    const cut = fc.integer({ min: 0, max: 10 });
    await fc.assert(
      fc.asyncProperty(fc.string(), cut, async (shuffleSeed, at) => {
        const options = { order: { shuffleSeed } };
        const atOnce = await answers(replayFromSamples(samplesOf(10), options), whole);
        const provider = replayFromSamples(samplesOf(10), options);
        const inParts = [
          ...(await answers(provider, whole.slice(0, at))),
          ...(await answers(provider, whole.slice(at))),
        ];
        expect(inParts).toEqual(atOnce);
        expect([...atOnce].sort()).toEqual(whole.map(String));
      }),
    );
    const orders = await Promise.all(
      [1, 2, 3].map((shuffleSeed) => answers(replayFromSamples(samplesOf(10), { order: { shuffleSeed } }), whole)),
    );
    expect(new Set(orders.map(String)).size).toBe(3);
  });

  it("makes an unreadable file a failure, not an exception", async () => {
    const path = await temporaryFile("trace.jsonl");
    const line = JSON.stringify({ id: request.question.id, samples: [{ answer: "1" }] });
    await writeFile(path, `${line}\n`);
    const provider = await replayProvider(path);
    await writeFile(path, line.replaceAll("{", "["));
    const [only] = await collectOutcomes(provider, request, [0], testContext());
    expect(only?.outcome).toMatchObject({
      kind: "failed",
      detail: expect.stringContaining("changed while it was open"),
    });
    await provider.close();
  });
});
