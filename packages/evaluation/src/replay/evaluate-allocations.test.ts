import { allocatorNamed, allocators, parsePolicy, presetNamed } from "@quorate/core";
import { openTrace, seededPermutation, type TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { firstSeenMajority } from "../__fixtures__/independent-vote.ts";
import { sharedTrace } from "../__fixtures__/shared-traces.ts";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { evaluateAllocations } from "./evaluate-allocations.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";

const entries = [
  recordedQuestion("easy", "AAAAAAAAAA", { gold: "A" }),
  recordedQuestion("split", "ABABABABAA", { gold: "A" }),
  recordedQuestion("likely", "AABAACAAAA", { gold: "A" }),
  recordedQuestion("unparsed", "----------", { gold: "A" }),
  recordedQuestion("partly", "A-BA-A-A-A", { gold: "A" }),
];
const settings = { trace: traceOf(entries), maxSamples: 10, permutations: 6, seed: 3, allocators };

/** P(the second is the more likely) after counts a ≥ b: P(more than a heads in a + b + 1 throws of a coin). */
function loss(a: number, b: number): number {
  const throws = a + b + 1;
  let [ways, tail] = [1, 0];
  for (let heads = 0; heads <= throws; heads += 1) {
    if (heads > a) tail += ways;
    ways = (ways * (throws - heads)) / (heads + 1);
  }
  return tail / 2 ** throws;
}

/** One sample at a time, always to the question of the largest loss ÷ (lead + 1): apart from the product's code. */
function greedy(streams: readonly (readonly (string | null)[])[], total: number): (string | null)[] {
  const drawn = streams.map(() => 0);
  for (let spent = 0; spent < total; spent += 1) {
    let [best, most] = [-1, Number.NEGATIVE_INFINITY];
    streams.forEach((stream, place) => {
      if (drawn[place]! === stream.length) return;
      const seen = stream.slice(0, drawn[place]);
      const counts = [...new Set(seen)].map((answer) =>
        answer === null ? 0 : seen.filter((a) => a === answer).length,
      );
      const [a = 0, b = 0] = counts.sort((x, y) => y - x);
      const index = loss(a, b) / (a - b + 1);
      const isBetter = index > most + 1e-15 || (Math.abs(index - most) <= 1e-15 && drawn[place]! < drawn[best]!);
      if (isBetter) [best, most] = [place, index];
    });
    drawn[best]! += 1;
  }
  return streams.map((stream, place) => firstSeenMajority(stream.slice(0, drawn[place])));
}

describe("evaluateAllocations", () => {
  it("has a row for each policy and allocator, and spends the budget to the last sample", async () => {
    const policies = [presetNamed("sc"), presetNamed("asc")];
    const evaluation = await evaluateAllocations({ ...settings, policies, totalSamples: 23 });
    expect(evaluation.policies.map(({ policy }) => policy)).toEqual([
      ...["sc, equal", "sc, unsettled", "sc, value"],
      ...["asc, equal", "asc, unsettled", "asc, value"],
    ]);
    for (const { meanSamples } of evaluation.policies) expect(meanSamples).toBeCloseTo(23 / 5, 12);
    expect(evaluation.notes).toContain("all questions share 23 samples, 4.60 each on average");
  });

  it("decides as without a budget where that is larger than what is needed", async () => {
    const policies = [presetNamed("asc")];
    const alone = (await evaluatePolicies({ ...settings, policies })).policies[0]!;
    const shared = await evaluateAllocations({ ...settings, policies, totalSamples: 1000 });
    const { meanRounds: fewest, meanRequests: _, ...expected } = alone;
    for (const { meanRounds, meanRequests, versusBaseline: __, ...score } of shared.policies) {
      const { policy, definition } = score;
      expect(score).toEqual({ ...expected, policy, definition: { ...definition, name: policy } });
      // Where one request carries a wave.
      expect(meanRequests).toBe(meanRounds);
      expect(meanRounds).toBeGreaterThanOrEqual(fewest);
    }
  });

  it("says that the budget ended a question, and which answer it had by then", async () => {
    const policies = [presetNamed("sc")];
    const { policies: scores } = await evaluateAllocations({
      ...settings,
      trace: traceOf(["a", "b", "c", "d", "e"].map((id) => recordedQuestion(id, "AAAA", { gold: "A" }))),
      policies,
      permutations: 1,
      totalSamples: 3,
      allocators: [allocatorNamed("equal")!],
    });
    // Three questions have one sample each, two none: these have no answer.
    expect(scores[0]).toMatchObject({ stopReasons: { budget: 5 }, accuracy: 3 / 5 });
  });

  it("spends as the naive greedy does, sample by sample", async () => {
    const { trace, seed, permutations } = settings;
    for (const totalSamples of [4, 7, 11, 16, 19]) {
      const { policies } = await evaluateAllocations({
        ...settings,
        trace,
        policies: [presetNamed("sc")],
        totalSamples,
        allocators: [allocatorNamed("value")!],
      });
      let agreeing = 0;
      for (let permutation = 0; permutation < permutations; permutation += 1) {
        const streams = entries.map(({ question, samples }) =>
          [...seededPermutation(samples.length, seed, question.id, permutation)].map((place) => {
            const { extraction } = samples[place]!;
            return extraction.kind === "answer" ? extraction.answer : null;
          }),
        );
        greedy(streams, totalSamples).forEach((answer, place) => {
          if (answer === firstSeenMajority(streams[place]!)) agreeing += 1;
        });
      }
      expect(policies[0]!.agreement).toBeCloseTo(agreeing / (entries.length * permutations), 12);
    }
  });

  it.each([0, 1.5])("refuses a budget of %d samples", async (totalSamples) => {
    const run = evaluateAllocations({ ...settings, policies: [presetNamed("sc")], totalSamples });
    await expect(run).rejects.toThrow(/totalSamples/);
  });
});

/** The shape of what was measured on other recordings: pooling beats equal shares by far, and a threshold for each question by little. */
describe("on recorded votes", () => {
  it.each([
    ["linwei_mmlupro_panel30", 30],
    ["epoch_gpqa", 16],
  ])("%s: agreement at an average of 6 and 10 samples", { timeout: 120_000 }, async (name, maxSamples) => {
    const path = sharedTrace(name);
    if (path === undefined) return;
    const trace = await openTrace(path);
    const long: TraceEntry[] = [];
    for await (const entry of trace) if (entry.samples.length >= maxSamples) long.push(entry);
    await trace.close();
    const given = { trace: traceOf(long), maxSamples, permutations: 3, seed: 1 };
    const strict = parsePolicy({ name: "strict", stop: { rule: "beta", level: 0.99 } });
    const levels = [0.8, 0.875, 0.9, 0.95].map((level) =>
      parsePolicy({ name: `${level}`, stop: { rule: "beta", level } }),
    );
    const alone = (await evaluatePolicies({ ...given, policies: levels })).policies;
    for (const mean of [6, 10]) {
      const totalSamples = mean * long.length;
      const { policies } = await evaluateAllocations({ ...given, policies: [strict], totalSamples, allocators });
      const [equal, unsettled, value] = policies.map(({ agreement }) => agreement) as [number, number, number];
      expect(unsettled).toBeGreaterThan(equal + 0.04);
      expect(value).toBeGreaterThan(unsettled - 0.001);
      const above = alone.findIndex(({ meanSamples }) => meanSamples > mean);
      const [from, to] = [alone[above - 1]!, alone[above]!];
      const part = (mean - from.meanSamples) / (to.meanSamples - from.meanSamples);
      expect(value).toBeGreaterThan(from.agreement + part * (to.agreement - from.agreement) - 0.002);
    }
  });
});
