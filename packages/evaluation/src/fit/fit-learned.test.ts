import { betaTail, type Policy, parsePolicy } from "@quorate/core";
import { openTrace, seededRandom, type TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { sharedTrace } from "../__fixtures__/shared-traces.ts";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { evaluatePolicies } from "../replay/evaluate-policies.ts";
import { fitLearned } from "./fit-learned.ts";

/** Questions of which a third is easy, a third is middling and a third is a toss-up. */
function madeUp(count: number, samples: number, seed: number): TraceEntry[] {
  const random = seededRandom("fit", seed);
  return Array.from({ length: count }, (_, i) => {
    const share = [0.95, 0.75, 0.5][i % 3]!;
    const letters = Array.from({ length: samples }, () => {
      const draw = random();
      if (draw < share) return "A";
      return draw < share + 0.6 * (1 - share) ? "B" : draw < 0.99 ? "C" : "-";
    });
    return recordedQuestion(`q${seed}-${i}`, letters.join(""));
  });
}

const settings = { permutations: 10, seed: 5 };

async function scoresOf(entries: readonly TraceEntry[], policies: readonly Policy[], maxSamples: number) {
  const evaluation = await evaluatePolicies({ trace: traceOf(entries), policies, maxSamples, ...settings });
  return evaluation.policies.map(({ meanSamples, agreement }) => ({ samples: meanSamples, agreement }));
}

const leaderVotesOf = (policy: Policy) =>
  (policy.stop.rules as { bands: { leaderVotes: number[][] }[] }[])[1]!.bands.map(({ leaderVotes }) => leaderVotes);

/** Every table for a full vote of four whose rows do not fall. */
function allTables(): number[][][] {
  const first = [[], [1]];
  const second = [[], [1], [2], [1, 1]];
  const third = [[], [1], [2], [3], [1, 1], [1, 2], [2, 2]];
  return first.flatMap((one) => second.flatMap((two) => third.map((three) => [one, two, three])));
}

describe("fitLearned", () => {
  it.each([0.3, 0.1, 0.03, 0.01])("at %d a sample finds what no other table betters", async (samplePrice) => {
    const entries = madeUp(60, 4, 1);
    const trace = traceOf(entries);
    const policy = await fitLearned({ trace, maxSamples: 4, samplePrice, shrinkage: 0, ...settings });
    const beside = (leaderVotes: number[][]) => ({
      rule: "any",
      rules: [{ rule: "curtailed" }, { rule: "learned", bands: [{ minConfidence: 0, leaderVotes }] }],
    });
    const others = allTables().map((table, i) => parsePolicy({ name: `${i}`, stop: beside(table) }));
    const costs = (await scoresOf(entries, [policy, ...others], 4)).map(
      ({ samples, agreement }) => samplePrice * samples + 1 - agreement,
    );
    expect(costs[0]).toBeCloseTo(Math.min(...costs), 9);
  });

  it("buys more agreement with more samples as they get cheaper", async () => {
    const trace = traceOf(madeUp(150, 12, 2));
    const prices = [0.03, 0.01, 0.003, 0.001];
    const policies = await Promise.all(
      prices.map((samplePrice) =>
        fitLearned({ trace, maxSamples: 12, samplePrice, name: `${samplePrice}`, ...settings }),
      ),
    );
    const scores = await scoresOf(madeUp(150, 12, 3), policies, 12);
    for (let i = 1; i < scores.length; i += 1) {
      expect(scores[i]!.samples).toBeGreaterThan(scores[i - 1]!.samples);
      expect(scores[i]!.agreement).toBeGreaterThanOrEqual(scores[i - 1]!.agreement);
    }
  });

  it("is the Beta boundary where that counts for far more than what was recorded", async () => {
    const trace = traceOf(madeUp(90, 10, 4));
    const policy = await fitLearned({ trace, maxSamples: 10, samplePrice: 0.01, shrinkage: 1e9, ...settings });
    // Before the rest can cease to matter: cuts of one level, whatever the number of samples.
    const rows = leaderVotesOf(policy)[0]!.slice(0, 5);
    const rowsOf = (level: number) =>
      rows.map((_, place) => {
        const samples = place + 1;
        const row: number[] = [];
        for (let runnerUp = 0; 2 * runnerUp <= samples; runnerUp += 1) {
          let votes = Math.max(1, runnerUp);
          while (betaTail(votes, runnerUp) < level) votes += 1;
          if (votes + runnerUp <= samples) row.push(votes);
        }
        return row;
      });
    const candidates = Array.from({ length: 400 }, (_, i) => rowsOf(0.6 + i / 1000));
    expect(candidates).toContainEqual(rows);
    expect(rows.flat().length).toBeGreaterThan(2);
  });

  it("asks for fewer votes where the votes are more confident", async () => {
    const random = seededRandom("confident", 1);
    const entries = madeUp(150, 8, 5).map((entry) => ({
      ...entry,
      samples: entry.samples.map((sample) => {
        const isA = sample.extraction.kind === "answer" && sample.extraction.answer === "A";
        return { ...sample, signals: { recorded: isA ? 0.6 + 0.4 * random() : 0.5 * random() } };
      }),
    }));
    const confidence = {
      source: { elicitor: "recorded", calibrator: { form: "identity" as const } },
      bandsFrom: [0.7],
    };
    const trace = traceOf(entries, ["recorded"]);
    const policy = await fitLearned({ trace, maxSamples: 8, samplePrice: 0.01, confidence, ...settings });
    const [low, high] = leaderVotesOf(policy);
    expect(low).not.toEqual(high);
    expect(policy.confidence?.elicitor).toBe("recorded");
    const [score] = (await evaluatePolicies({ trace, policies: [policy], maxSamples: 8, ...settings })).policies;
    expect(score!.meanSamples).toBeLessThan(7);
  });

  it("says when there is nothing to learn from", async () => {
    const trace = traceOf(madeUp(3, 4, 6));
    await expect(fitLearned({ trace, maxSamples: 5, samplePrice: 0.01 })).rejects.toThrow(
      /No question .* has 5 samples/,
    );
  });
});

/** Samples that ASC needs for an agreement, straight between the levels that were replayed. */
function samplesAt(
  agreement: number,
  sweep: readonly { readonly samples: number; readonly agreement: number }[],
): number {
  const above = sweep.findIndex((score) => score.agreement >= agreement);
  if (above <= 0) return above === 0 ? sweep[0]!.samples : Number.POSITIVE_INFINITY;
  const [from, to] = [sweep[above - 1]!, sweep[above]!];
  return from.samples + ((agreement - from.agreement) / (to.agreement - from.agreement)) * (to.samples - from.samples);
}

describe("out of sample, on recorded votes", () => {
  it.each([
    ["linwei_mmlupro_panel30", 30],
    ["epoch_gpqa", 16],
    ["epoch_otis_aime", 16],
  ])("%s: no more samples than ASC at the same agreement", { timeout: 120_000 }, async (name, maxSamples) => {
    const path = sharedTrace(name);
    if (path === undefined) return;
    const trace = await openTrace(path);
    const halves: [TraceEntry[], TraceEntry[]] = [[], []];
    for await (const entry of trace) {
      if (entry.samples.length >= maxSamples)
        halves[seededRandom("half", entry.question.id)() < 0.5 ? 0 : 1].push(entry);
    }
    const levels = [0.8, 0.875, 0.9, 0.93, 0.95, 0.97, 0.99];
    const asc = levels.map((level) => parsePolicy({ name: `${level}`, stop: { rule: "beta", level } }));
    const learned = await Promise.all(
      [0.01, 0.005, 0.0025].map((samplePrice) =>
        fitLearned({ trace: traceOf(halves[0]), maxSamples, samplePrice, name: `${samplePrice}`, ...settings }),
      ),
    );
    await trace.close();
    const scores = await scoresOf(halves[1], [...learned, ...asc], maxSamples);
    for (const { samples, agreement } of scores.slice(0, learned.length)) {
      expect(samples).toBeLessThanOrEqual(samplesAt(agreement, scores.slice(learned.length)));
    }
  });
});
