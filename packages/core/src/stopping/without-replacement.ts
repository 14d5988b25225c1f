import { z } from "zod";
import { poolBoundary, poolThreshold } from "./finite-pool.ts";
import { defineRule, notBefore } from "./rule.ts";
import { errorRates } from "./sweep.ts";

interface Pool {
  /** Every vote weighs one. */
  readonly counts: boolean;
  readonly answers: number;
}

/**
 * Certifies the winner of the full vote itself, as an election audit does (BRAVO and ALPHA, here with a mixture over shares):
 * the N samples of the full vote are a pool in random order, and what was counted so far is a sample from it without
 * replacement. The probability that it ever stops on an answer that the full vote would not give is at most δ, for any
 * pool. It needs no model of the votes but their order: samples of one distribution have it, and so has every recorded
 * pool that was shuffled.
 *
 * K is `answers`, else the question's number of options; without it, as many answers as could have the votes it takes.
 * It counts votes: where they weigh differently the full vote is another one, and it never stops.
 */
export const withoutReplacement = defineRule({
  name: "without-replacement",
  sweep: { parameter: "delta", values: errorRates, strictness: "descending" },
  parameters: () =>
    z.strictObject({
      delta: z.number().gt(0).lt(1).default(0.05),
      answers: z.int().min(2).optional(),
    }),
  create: ({ delta, answers }) => ({
    init: ({ weightRange: { min, max }, weightsShift, optionCount }): Pool => ({
      counts: min === 1 && max === 1 && !weightsShift,
      answers: answers ?? optionCount ?? Number.POSITIVE_INFINITY,
    }),
    observe: (state) => state,
    verdict(state, tally, left) {
      if (!state.counts || tally.classCount > state.answers) return notBefore(left, left);
      const { leader, runnerUp } = tally.byCount;
      const votes = leader?.count ?? 0;
      const challenger = runnerUp?.count ?? 0;
      // Votes of the pool that may be for one of the two: all but those known to be for others or for nobody.
      const pairPool = votes + challenger + left;
      const threshold = poolThreshold(delta, tally.sampleCount + left, state.answers);
      const need = poolBoundary(threshold)(pairPool >> 1)(challenger) - votes;
      if (leader === undefined || need > 0) return notBefore(need, left);
      return { stop: true, answer: leader.answer, reason: "without-replacement", certificate: "anytime" };
    },
  }),
});
