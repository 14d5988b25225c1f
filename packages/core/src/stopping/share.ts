import { z } from "zod";
import type { Tally } from "../tally/tally.ts";
import { defineRule, notBefore, votesToSettledWeights } from "./rule.ts";

interface Bound {
  readonly maxWeight: number;
  /** Before so many votes any one may turn the shares over. */
  readonly settledFrom: number;
}

/** Sums of weights round differently in a wave than one by one; a bound that is this much looser is still a bound. */
const rounding = 1e-9;

/**
 * Stop when the leader's share of all weight is at least the level (ASC with confidence in CaTS, 2503.00031; the consensus
 * of DeepConf, 2508.15260), from `minVotes` votes on.
 */
export const share = defineRule({
  name: "share",
  parameters: () =>
    z.strictObject({
      level: z.number().gt(0).max(1).default(0.7),
      minVotes: z.int().min(1).default(2),
    }),
  sweep: {
    parameter: "level",
    values: [0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1],
    strictness: "ascending",
  },
  needs: () => ["non-negative weights"],
  create: ({ level, minVotes }) => ({
    init: (context): Bound => ({
      maxWeight: context.weightRange.max,
      settledFrom: votesToSettledWeights(context),
    }),
    observe: (bound) => bound,
    verdict({ maxWeight, settledFrom }, tally, left) {
      const { leader } = tally.byWeight;
      const missingVotes = minVotes - tally.voteCount;
      if (leader !== undefined && missingVotes <= 0 && tally.totalWeight > 0 && tally.support >= level) {
        return { stop: true, answer: leader.answer, reason: "share", certificate: "heuristic" };
      }
      const need = tally.voteCount < settledFrom ? 1 : votesToShare(tally, level, maxWeight);
      return notBefore(Math.max(missingVotes, need), left);
    },
  }),
});

/**
 * Fewest votes of the largest weight after which some class could hold the share: the leader, being heaviest, needs
 * fewest. Solves (W₁ + m·w)/(W + m·w) ≥ level for m.
 */
function votesToShare(tally: Tally, level: number, maxWeight: number): number {
  if (maxWeight === 0) return Number.POSITIVE_INFINITY;
  if (tally.voteCount === 0) return 1;
  const leader = tally.byWeight.leader?.weight ?? 0;
  const missing = (level - rounding) * tally.totalWeight - leader;
  if (missing <= 0) return 1;
  const gain = maxWeight * (1 - level + rounding);
  return Math.max(1, Math.ceil(missing / gain - rounding));
}
