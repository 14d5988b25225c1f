import { z } from "zod";
import { type Duels, noDuels, withDistribution } from "./duels.ts";
import { leastVotes } from "./least-votes.ts";
import { defineRule, notBefore } from "./rule.ts";
import { Stakes } from "./stakes.ts";

interface Contest {
  readonly duels: Duels;
  /** K, the number of possible answers; absent, the rule never stops. */
  readonly answerCount: number | undefined;
}

/** Logarithms added in another order differ by less; a bound that is this much looser is still a bound. */
const rounding = 1e-9;

/**
 * ASC-D (Huang et al., ICLR 2027 submission), for samples that show their probabilities θ over the answers. For leader k and
 * every rival j the wealth of bets on k, Π (1 + λ(θ_k − θ_j)), is averaged over a grid of stakes λ, `powers` of 2 on either
 * side; the rule stops when all are at least (K − 1)/δ. Were j as likely as k, the wealth would be a martingale: with votes
 * that are independent and alike, a leader that is not the mode is certified with probability at most δ, however often one
 * looks. Hence `anytime`.
 *
 * A vote without a distribution is a certain one; when all are, this is the e-process of CITE (2605.05873) for known K. An
 * answer that a distribution does not list has probability 0 there. K is `answers`, or what the question lists; without
 * either no bound holds and the policy is refused. Should more answers turn up than K, they are counted instead.
 */
export const ascD = defineRule({
  name: "asc-d",
  parameters: () =>
    z.strictObject({
      delta: z.number().gt(0).lt(1).default(0.05),
      powers: z.int().min(1).max(30).default(8),
      answers: z.int().min(2).optional(),
    }),
  needs: ({ answers }) => (answers === undefined ? ["answer count"] : []),
  create({ delta, powers, answers }) {
    const stakes = new Stakes(powers);
    const start = noDuels(stakes);
    return {
      init: ({ optionCount }): Contest => ({ duels: start, answerCount: answers ?? optionCount }),
      observe({ duels, answerCount }, sample) {
        if (sample.kind === "abstention") return { duels, answerCount };
        const distribution = sample.distribution ?? [{ answer: sample.answer, probability: 1 }];
        return { duels: withDistribution(duels, distribution, stakes), answerCount };
      },
      verdict({ duels, answerCount }, _, left) {
        if (answerCount === undefined) return notBefore(left, left);
        const threshold = Math.log((Math.max(2, answerCount, duels.answers.length) - 1) / delta);
        if (duels.leader !== -1 && leaderCouldWin(duels, stakes, threshold, 0)) {
          return { stop: true, answer: duels.answers[duels.leader]!, reason: "asc-d", certificate: "anytime" };
        }
        const bound = threshold - rounding;
        const need = leastVotes(
          left,
          (votes) => leaderCouldWin(duels, stakes, bound, votes) || rivalCouldWin(duels, stakes, bound, votes),
        );
        return notBefore(need, left);
      },
    };
  },
});

/**
 * One vote multiplies the wealth of stake λ by at most 1 + λ, when it is all for the leader, and then in every duel at once.
 * The duel with an unseen answer is never the hardest, but the only one while a single answer has been seen.
 */
function leaderCouldWin({ duels, leader }: Duels, stakes: Stakes, threshold: number, votes: number): boolean {
  return duels.every(({ ahead }, place) => place === leader || stakes.logMean(ahead, votes) >= threshold);
}

/** Another answer must win its duel with the leader of now, among others. */
function rivalCouldWin({ duels, leader }: Duels, stakes: Stakes, threshold: number, votes: number): boolean {
  return duels.some(({ behind }, place) => place !== leader && stakes.logMean(behind, votes) >= threshold);
}
