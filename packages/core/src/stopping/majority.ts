import { z } from "zod";
import { defineRule, notBefore } from "./rule.ts";

/**
 * Adaptive-Consistency, majority criterion (Aggarwal et al. 2305.11860): stop when the leader has the share of all votes,
 * from `minVotes` votes on. Counts votes; `share` sums up their weights.
 */
export const majority = defineRule({
  name: "majority",
  sweep: {
    parameter: "level",
    values: [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98],
    strictness: "ascending",
  },
  parameters: () =>
    z.strictObject({
      level: z.number().gt(0).max(1).default(0.8),
      minVotes: z.int().min(1).default(2),
    }),
  create: ({ level, minVotes }) => ({
    init: () => undefined,
    observe: () => undefined,
    verdict(_, { byCount: { leader }, voteCount }, left) {
      if (leader !== undefined && voteCount >= minVotes && leader.count / voteCount >= level) {
        return { stop: true, answer: leader.answer, reason: "majority", certificate: "heuristic" };
      }
      return notBefore(Math.max(minVotes - voteCount, votesToShare(leader?.count ?? 0, voteCount, level)), left);
    },
  }),
});

/**
 * Least m with (v₁ + m)/(n + m) ≥ level. The leader needs fewest, having most, and a vote for another answer or an abstention
 * does not help it. The quotient never falls with m, rounded or not, so stepping up from just below the solution is exact.
 */
function votesToShare(leader: number, votes: number, level: number): number {
  if (leader === votes) return 1;
  if (level === 1) return Number.POSITIVE_INFINITY;
  let more = Math.max(1, Math.floor((level * votes - leader) / (1 - level)) - 1);
  while ((leader + more) / (votes + more) < level) more += 1;
  return more;
}
