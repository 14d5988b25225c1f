import { z } from "zod";
import { softBetaTail } from "../numerics/soft-beta-tail.ts";
import { type AnswerSum, largestSum, withVote } from "./answer-sums.ts";
import { type ConfidentAnswer, confidentAnswer } from "./confident-answer.ts";
import { fullVote } from "./full-vote.ts";
import { leastVotes } from "./least-votes.ts";
import { defineRule, notBefore } from "./rule.ts";
import { probabilityLevels } from "./sweep.ts";

interface SoftCounts {
  readonly isFirst: boolean;
  /** The first sample, where it passed the gate. */
  readonly passed: ConfidentAnswer | undefined;
  readonly counts: readonly AnswerSum[];
}

/** Sums of weights round differently in a wave than one by one; a bound that is this much looser is still a bound. */
const rounding = 1e-9;

/** One vote that outweighs so many others leaves nothing to vote about, and the Beta criterion to rounding. */
const heaviestVote = 1000;

/**
 * ReASC (2601.02970): a first sample with a confidence of at least `gate` decides. Otherwise the Beta criterion on soft
 * counts: a vote counts max(1, exp(λz)), z = (confidence − mean)/deviation. `mean` and `deviation` are those of the model's
 * calibrated confidence on other questions; the defaults are those of a confidence spread evenly over [0,1]. Without a
 * confidence a vote counts one. Counts only grow, so the level promises even less than that of `beta`.
 */
export const reasc = defineRule({
  name: "reasc",
  sweep: { parameter: "level", values: probabilityLevels, strictness: "ascending" },
  parameters: () =>
    z
      .strictObject({
        gate: z.number().gt(0).max(1).default(0.95),
        level: z.number().gt(0.5).lt(1).default(0.95),
        lambda: z.number().gte(0).default(0.7),
        mean: z.number().gte(0).max(1).default(0.5),
        deviation: z
          .number()
          .gt(0)
          .default(Math.sqrt(1 / 12)),
      })
      .refine(
        ({ lambda, mean, deviation }) => (lambda * (1 - mean)) / deviation <= Math.log(heaviestVote),
        `one vote could count for more than ${heaviestVote}: raise deviation or lower lambda`,
      ),
  needs: () => ["confidence"],
  create({ gate, level, lambda, mean, deviation }) {
    const weigh = (confidence: number) => Math.max(1, Math.exp((lambda * (confidence - mean)) / deviation));
    const maxWeight = weigh(1);
    return {
      init: (): SoftCounts => ({ isFirst: true, passed: undefined, counts: [] }),
      observe({ isFirst, passed, counts }, sample) {
        if (sample.kind === "abstention") return { isFirst: false, passed, counts };
        const { answer, confidence } = sample;
        return {
          isFirst: false,
          passed: isFirst ? confidentAnswer(sample, gate) : passed,
          counts: withVote(counts, answer, confidence === undefined ? 1 : weigh(confidence)),
        };
      },
      verdict({ isFirst, passed, counts }, _, left) {
        if (passed !== undefined) return { stop: true, ...passed, reason: "reasc", certificate: "heuristic" };
        const leader = largestSum(counts);
        const first = leader?.sum ?? 0;
        const second = counts.reduce(
          (most, { sum, answer }) => (answer === leader?.answer ? most : Math.max(most, sum)),
          0,
        );
        if (leader !== undefined) {
          if (softBetaTail(first, second) >= level) {
            return { stop: true, answer: leader.answer, reason: "reasc", certificate: "heuristic" };
          }
          if (left === 0) return fullVote(leader.answer);
        }
        if (isFirst) return notBefore(1, left);
        // The criterion rises with the leader's soft count and falls with the runner-up's. Whoever leads after m votes has
        // at most what the leader has now and m of the heaviest; the runner-up then has at least what it has now.
        const need = leastVotes(left, (votes) => softBetaTail(first + votes * maxWeight, second) >= level - rounding);
        return notBefore(need, left);
      },
    };
  },
});
