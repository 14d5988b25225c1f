import { z } from "zod";
import { studentDensity, studentTail } from "../numerics/student-t.ts";
import { type ConfidentAnswer, confidentAnswer } from "./confident-answer.ts";
import { fullVote } from "./full-vote.ts";
import { defineRule, notBefore } from "./rule.ts";

interface Rewards {
  readonly count: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
  readonly best: ConfidentAnswer | undefined;
}

/**
 * BEACON (Wan et al. 2510.15945), one step ahead: best-of-N that stops when the next sample is expected to raise the best
 * reward by no more than it costs. A vote's confidence is its reward; the best one decides, the earliest on ties. `cost` is
 * in units of reward. The paper's table for many steps ahead is not public; one step stops no later.
 */
export const beacon = defineRule({
  name: "beacon",
  sweep: { parameter: "cost", values: [0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2], strictness: "descending" },
  parameters: () =>
    z.strictObject({ cost: z.number().gt(0).lt(1).default(0.05), minSamples: z.int().min(3).default(3) }),
  needs: () => ["confidence"],
  create: ({ cost, minSamples }) => ({
    init: (): Rewards => ({ count: 0, mean: 0, squares: 0, best: undefined }),
    observe({ count, mean, squares, best }, sample) {
      const given = confidentAnswer(sample, 0);
      if (given === undefined) return { count, mean, squares, best };
      const deviation = given.confidence - mean;
      const newMean = mean + deviation / (count + 1);
      return {
        count: count + 1,
        mean: newMean,
        squares: squares + deviation * (given.confidence - newMean),
        best: best === undefined || given.confidence > best.confidence ? given : best,
      };
    },
    verdict(rewards, _, left) {
      const { count, best } = rewards;
      if (best !== undefined && count >= minSamples && expectedGain(rewards, best.confidence) <= cost) {
        return { stop: true, ...best, reason: "beacon", certificate: "heuristic" };
      }
      if (left === 0 && best !== undefined) return fullVote(best.answer, best.confidence);
      // Below the minimum each sample brings at most one reward; above it the very next one may make the gain small.
      return notBefore(Math.max(1, minSamples - count), left);
    },
  }),
});

/**
 * E max(0, next reward − best), by the predictive distribution under a normal model with Jeffreys prior: Student's t with
 * k − 1 degrees of freedom around the mean, scale² = SS (k + 1)/(k (k − 1)).
 */
export function expectedGain({ count, mean, squares }: Omit<Rewards, "best">, best: number): number {
  const freedom = count - 1;
  const scale = Math.sqrt((squares * (count + 1)) / (count * freedom));
  // Equal rewards: nothing better is to be expected.
  if (scale === 0) return 0;
  const z = (best - mean) / scale;
  const standardised = ((freedom + z * z) / (freedom - 1)) * studentDensity(z, freedom) - z * studentTail(z, freedom);
  return scale * standardised;
}
