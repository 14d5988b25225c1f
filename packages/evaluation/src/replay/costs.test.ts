import { presetNamed } from "@quorate/core";
import type { ModelPrice, RecordedSample, TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { quantileOf } from "../statistics/quantile.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";
import type { LatencyModel } from "./latency-model.ts";
import { secondsOf } from "./latency-model.ts";

const price: ModelPrice = { inputUsdPerMillion: 2, outputUsdPerMillion: 10, source: "test" };
const priced = { model: "test:model", price };
const measured: LatencyModel = { kind: "measured" };

/** Unanimous, so that lead 3 stops after one wave of three; each sample with the same cost, whatever the order. */
function costly(id: string, more: (index: number) => Partial<RecordedSample>, count = 6): TraceEntry {
  const { question, samples } = recordedQuestion(id, "A".repeat(count), { gold: "A" });
  return { question, samples: samples.map((sample, index) => ({ ...sample, ...more(index) })) };
}

const evaluate = async (
  entries: readonly TraceEntry[],
  more: Partial<Parameters<typeof evaluatePolicies>[0]> = {},
  name = "lead",
) => {
  const evaluation = await evaluatePolicies({
    trace: traceOf(entries),
    policies: [presetNamed(name)],
    maxSamples: 6,
    permutations: 4,
    seed: 1,
    ...more,
  });
  return { notes: evaluation.notes, score: evaluation.policies[0]! };
};

describe("tokens and dollars", () => {
  const usage = { inputTokens: 100, outputTokens: 50 };

  it("pay the prompt once a request where a wave shares it, and once a sample where each is a request", async () => {
    const entries = [costly("q", () => ({ usage }))];
    const { score } = await evaluate(entries, { priced });
    // Three samples in one wave: 1 or 3 prompts of 100 tokens, 150 tokens of output.
    expect(score).toMatchObject({
      meanSamples: 3,
      meanRounds: 1,
      outputTokens: { mean: 150, questions: 1 },
      inputTokens: { shared: 100, apart: 300, questions: 1 },
      outputUsd: { mean: 0.0015, questions: 1 },
    });
    expect(score.totalUsd!.shared).toBeCloseTo(0.0017, 12);
    expect(score.totalUsd!.apart).toBeCloseTo(0.0021, 12);
    const pairs = await evaluate(entries, { priced, samplesPerRequest: 2 });
    expect(pairs.score.inputTokens).toMatchObject({ shared: 200, apart: 300 });
  });

  it("take the prompt from the sample that bears it for its whole request", async () => {
    const entries = [costly("q", (index) => ({ usage: { inputTokens: index === 0 ? 80 : 0, outputTokens: 1 } }))];
    expect((await evaluate(entries)).score.inputTokens).toEqual({ shared: 80, apart: 240, questions: 1 });
  });

  it("count the tokens of the samples that were drawn, not of others", async () => {
    const entries = [costly("q", (index) => ({ usage: { inputTokens: 0, outputTokens: 2 ** index } }), 3)];
    const { score } = await evaluate(entries, { maxSamples: 3 });
    expect(score.outputTokens).toEqual({ mean: 7, questions: 1 });
    expect(score).not.toHaveProperty("inputTokens");
  });

  it("are priced by the length of the prompt where the price depends on it", async () => {
    const tiered = {
      ...price,
      longPrompts: [{ aboveInputTokens: 90, inputUsdPerMillion: 4, outputUsdPerMillion: 20 }],
    };
    const { score } = await evaluate([costly("q", () => ({ usage }))], { priced: { ...priced, price: tiered } });
    expect(score.outputUsd!.mean).toBeCloseTo(0.003, 12);
    expect(score.totalUsd!.shared).toBeCloseTo(0.0034, 12);
  });

  it("are over the questions that have them, and that is said", async () => {
    const one = costly("one", () => ({ usage }));
    const holes = costly("holes", (index) => (index === 5 ? {} : { usage }));
    const { score, notes } = await evaluate([one, holes], { priced });
    expect(score.outputTokens).toEqual({ mean: 150, questions: 1 });
    expect(score.inputTokens).toMatchObject({ shared: 100, questions: 2 });
    expect(score.totalUsd!.questions).toBe(1);
    expect(notes).toEqual(["output tokens are over the 1 of 2 questions whose samples all have them"]);
  });

  it("are absent, with the reason, where the price or the counts are not known; never 0", async () => {
    const unpriced = await evaluate([costly("q", () => ({ usage }))], { priced: { ...priced, price: "unknown" } });
    expect(unpriced.score).not.toHaveProperty("totalUsd");
    expect(unpriced.score).not.toHaveProperty("outputUsd");
    expect(unpriced.notes).toEqual(["the price of test:model is not known, so there are no dollars"]);
    const bare = await evaluate([costly("q", () => ({}))], { priced });
    expect(bare.score).not.toHaveProperty("outputUsd");
    expect(bare.notes).toEqual(["the samples have no token counts, so there are no dollars"]);
    const compact = await evaluate([costly("q", () => ({ usage: { inputTokens: 0, outputTokens: 50 } }))], { priced });
    expect(compact.score.outputUsd).toEqual({ mean: 0.0015, questions: 1 });
    expect(compact.score).not.toHaveProperty("totalUsd");
    expect(compact.notes).toEqual(["the prompts have no token counts: dollars are for output tokens alone"]);
  });
});

describe("time", () => {
  it("is the slowest sample of each round, and rounds add up", async () => {
    // To lead by three takes three: one round, which is as slow as its slowest.
    const { question, samples } = recordedQuestion("q", "AAB", { gold: "A" });
    const timed = samples.map((sample, index) => ({ ...sample, latencyMs: 1000 * (index + 1) }));
    const { score } = await evaluate([{ question, samples: timed }], { latency: measured, maxSamples: 3 });
    expect(score).toMatchObject({ meanRounds: 1, seconds: { mean: 3, median: 3, p95: 3, questions: 1 } });

    const alike = costly("q", () => ({ latencyMs: 500 }));
    const oneByOne = await evaluate([alike], { latency: measured }, "quorate");
    expect(oneByOne.score.seconds!.mean).toBeCloseTo(0.5 * oneByOne.score.meanRounds, 12);
  });

  it("depends on which samples fall into which round", async () => {
    const { question, samples } = recordedQuestion("q", "AABBCC");
    const timed = samples.map((sample, index) => ({ ...sample, latencyMs: index === 0 ? 9000 : 1000 }));
    const { score } = await evaluate([{ question, samples: timed }], { latency: measured, permutations: 50 });
    // Nobody ever leads by three: all are drawn, and one round holds the slow one.
    expect(score.meanSamples).toBe(6);
    expect(score.seconds!.mean).toBeCloseTo(9 + (score.meanRounds - 1), 12);
    expect(score.meanRounds).toBeGreaterThan(1);
  });

  it("is absent where a sample has no latency, and that is counted", async () => {
    const whole = costly("whole", () => ({ latencyMs: 100 }));
    const holes = costly("holes", (index) => (index === 0 ? {} : { latencyMs: 100 }));
    const partly = await evaluate([whole, holes], { latency: measured });
    expect(partly.score.seconds).toMatchObject({ questions: 1 });
    expect(partly.notes).toEqual(["time is over the 1 of 2 questions whose samples all have a latency"]);
    const never = await evaluate([holes], { latency: measured });
    expect(never.score).not.toHaveProperty("seconds");
    expect(never.notes).toEqual(["the samples have no latencies, so there is no time"]);
    expect((await evaluate([whole])).score).not.toHaveProperty("seconds");
  });

  it("can be drawn from a lognormal with the median and the spread that were asked for", () => {
    const model: LatencyModel = { kind: "lognormal", medianSeconds: 4, sigma: 0.5 };
    const samples = Array.from({ length: 20_001 }, () => ({}));
    const seconds = secondsOf({ id: "q" }, samples, model, 1)!;
    const logarithms = Array.from(seconds, Math.log).sort((a, b) => a - b);
    expect(quantileOf(logarithms, 0.5)).toBeCloseTo(Math.log(4), 1);
    // One standard deviation on either side: Φ(1) = 0.8413.
    expect(quantileOf(logarithms, 0.8413) - quantileOf(logarithms, 0.1587)).toBeCloseTo(2 * 0.5, 1);
    expect(secondsOf({ id: "q" }, samples, model, 1)).toEqual(seconds);
    expect(secondsOf({ id: "r" }, samples, model, 1)).not.toEqual(seconds);
    expect(secondsOf({ id: "q" }, samples, model, 2)).not.toEqual(seconds);
    const still = secondsOf({ id: "q" }, samples.slice(0, 3), { ...model, sigma: 0 }, 1);
    expect(still).toEqual(Float64Array.of(4, 4, 4));
  });
});
