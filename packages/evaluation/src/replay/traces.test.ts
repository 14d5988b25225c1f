import { presetNamed } from "@quorate/core";
import { openTrace, seededPermutation, type TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { firstSeenMajority, fractionalScore, oneByOneAsc } from "../__fixtures__/independent-vote.ts";
import { sharedTrace } from "../__fixtures__/shared-traces.ts";
import { traceOf } from "../__fixtures__/trace-of.ts";
import { quantileOf } from "../statistics/quantile.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";

/** maj@N of the traces' README: disjoint blocks of N consecutive samples, mean over blocks, ties scored fractionally. */
const published = [
  { name: "epoch_otis_aime", majority: { 5: 0.4296, 8: 0.4392 } },
  { name: "epoch_gpqa", majority: { 5: 0.7687, 8: 0.7714 } },
  { name: "deepconf_brumo25_r1qwen8b", majority: { 5: 0.4791, 8: 0.5119 } },
  { name: "linwei_mmlupro_panel30", majority: { 5: 0.637, 8: 0.6576 } },
  { name: "vcot_date_gpt35", majority: { 5: 0.7102, 8: 0.7182 } },
] as const;

const seed = 11;

async function entriesOf(path: string): Promise<TraceEntry[]> {
  const trace = await openTrace(path);
  const entries: TraceEntry[] = [];
  try {
    for await (const entry of trace) entries.push(entry);
    return entries;
  } finally {
    await trace.close();
  }
}

function answersOf({ samples }: TraceEntry): (string | null)[] {
  return samples.map(({ extraction }) => (extraction.kind === "answer" ? extraction.answer : null));
}

/** The answers in the order of a permutation. */
function inOrder(entry: TraceEntry, permutation: number): (string | null)[] {
  const answers = answersOf(entry);
  return [...seededPermutation(answers.length, seed, entry.question.id, permutation)].map((place) => answers[place]!);
}

/** Each block as a question of its own. */
function blocksOf(entries: readonly TraceEntry[], size: number): TraceEntry[] {
  return entries.flatMap(({ question, samples }) =>
    Array.from({ length: Math.floor(samples.length / size) }, (_, block) => ({
      question: { ...question, id: `${question.id} block ${block}` },
      samples: samples.slice(block * size, (block + 1) * size),
    })),
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(published)("$name", ({ name, majority }) => {
  const path = sharedTrace(name);

  it.skipIf(path === undefined).each([5, 8] as const)("sc on blocks of %i is the majority vote", async (size) => {
    const lines = (await entriesOf(path!)).map((entry) => blocksOf([entry], size));
    const shares = lines.map((blocks) =>
      blocks.map((block) => fractionalScore(answersOf(block), block.question.gold!)),
    );
    const fractional = mean(shares.map(mean));
    expect(fractional).toBeCloseTo(majority[size], 4);

    // Lines with equally many blocks are evaluated together, so that each line weighs the same in the end.
    let accuracy = 0;
    for (const count of new Set(lines.map((blocks) => blocks.length))) {
      const alike = lines.filter((blocks) => blocks.length === count);
      const evaluation = await evaluatePolicies({
        trace: traceOf(alike.flat()),
        policies: [presetNamed("sc")],
        maxSamples: size,
        permutations: 1,
        seed,
      });
      const right = alike.flat().map((block) => firstSeenMajority(inOrder(block, 0)) === block.question.gold);
      expect(evaluation.policies[0]).toMatchObject({
        accuracy: mean(right.map(Number)),
        agreement: 1,
        meanSamples: size,
        meanRounds: 1,
      });
      accuracy += (evaluation.policies[0]!.accuracy! * alike.length) / lines.length;
    }
    // In a random order each tied class is first equally often: the same in the mean, with the variance of the ties.
    const variances = shares.map((line) => mean(line.map((share) => share * (1 - share))) / line.length);
    const deviation = Math.sqrt(mean(variances) / lines.length);
    expect(Math.abs(accuracy - fractional)).toBeLessThan(4 * deviation);
  });

  it.skipIf(path === undefined)("asc draws as many samples as one at a time, and decides the same", async () => {
    const entries = (await entriesOf(path!)).slice(0, 400);
    const permutations = 3;
    const evaluation = await evaluatePolicies({
      trace: traceOf(entries),
      policies: [presetNamed("asc")],
      maxSamples: 16,
      permutations,
      seed,
    });
    let samples = 0;
    let right = 0;
    let agreeing = 0;
    let wrongMode = 0;
    const counts: number[] = [];
    for (const entry of entries) {
      for (let permutation = 0; permutation < permutations; permutation += 1) {
        const drawn = inOrder(entry, permutation).slice(0, 16);
        const decided = oneByOneAsc(drawn, 0.95);
        samples += decided.samples;
        if (decided.answer === entry.question.gold) right += 1;
        if (decided.answer === firstSeenMajority(drawn)) agreeing += 1;
        else if (decided.samples < drawn.length) wrongMode += 1;
        counts.push(decided.samples);
      }
    }
    const replays = entries.length * permutations;
    expect(evaluation.policies[0]).toMatchObject({
      meanSamples: samples / replays,
      accuracy: right / replays,
      agreement: agreeing / replays,
      wrongModeStops: wrongMode / replays,
      medianSamples: quantileOf(
        counts.sort((a, b) => a - b),
        0.5,
      ),
      p95Samples: quantileOf(counts, 0.95),
    });
  });
});
