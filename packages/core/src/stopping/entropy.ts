import { z } from "zod";
import { defineRule, notBefore } from "./rule.ts";

/** Sums of logarithms round differently in another order; a bound that is this much looser is still a bound. */
const rounding = 1e-12;

/**
 * Adaptive-Consistency, entropy criterion (Aggarwal et al. 2305.11860): stop when the entropy of the votes, over the
 * logarithm of the number of answers seen, is at most the level. As in the released code a single answer is given a phantom
 * companion with one vote. The scale makes a new answer count in favour of stopping: 9 : 3 goes on and 9 : 3 : 1 stops.
 */
export const entropy = defineRule({
  name: "entropy",
  sweep: {
    parameter: "level",
    values: [0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
    strictness: "descending",
  },
  parameters: () => z.strictObject({ level: z.number().gt(0).lt(1).default(0.75) }),
  create: ({ level }) => ({
    init: () => undefined,
    observe: () => undefined,
    verdict(_, tally, left) {
      const { leader } = tally.byCount;
      // Nothing can stop on a single vote: with its phantom companion it is as even as can be.
      if (leader === undefined) return notBefore(1 + votesToSettle(singleVote, left - 1, level), left);
      const state = summed(tally.counts());
      if (normalised(state) <= level) {
        return { stop: true, answer: leader.answer, reason: "entropy", certificate: "heuristic" };
      }
      return notBefore(votesToSettle(state, left, level), left);
    },
  }),
});

/** All that the entropy of some counts depends on. */
interface Summed {
  readonly votes: number;
  readonly answers: number;
  readonly leader: number;
  /** Σ v log v over all answers but the leader. */
  readonly others: number;
}

const singleVote: Summed = { votes: 1, answers: 1, leader: 1, others: 0 };

function summed([leader, ...others]: readonly number[]): Summed {
  return {
    votes: others.reduce((sum, votes) => sum + votes, leader!),
    answers: others.length + 1,
    leader: leader!,
    others: others.reduce((sum, votes) => sum + votes * Math.log(votes), 0),
  };
}

/** Entropy over its largest value for so many answers, in [0,1]. */
function normalised({ votes, answers, leader, others }: Summed): number {
  if (answers === 1) return normalised({ votes: votes + 1, answers: 2, leader, others: 0 });
  return (Math.log(votes) - (leader * Math.log(leader) + others) / votes) / Math.log(answers);
}

/**
 * Fewest further votes after which some tally could stop. With m votes of which j are for new answers, entropy is least when
 * each of those gets one and the rest go to the leader, since those counts majorise all others; the answers seen number j
 * more. The least over j never rises with m, for a vote for the leader lowers the entropy and leaves the scale: so m can be
 * found by halving. Fewer votes for m samples, by abstentions, only take away.
 */
function votesToSettle(state: Summed, left: number, level: number): number {
  const couldStopAfter = (votes: number): boolean => {
    for (let fresh = 0; fresh <= votes; fresh += 1) {
      const leader = state.leader + votes - fresh;
      const after = { ...state, votes: state.votes + votes, answers: state.answers + fresh, leader };
      if (normalised(after) <= level + rounding) return true;
    }
    return false;
  };
  let reached = 1;
  while (reached < left && !couldStopAfter(reached)) reached *= 2;
  let missed = Math.floor(reached / 2);
  while (reached - missed > 1) {
    const middle = (reached + missed) >> 1;
    if (couldStopAfter(middle)) reached = middle;
    else missed = middle;
  }
  return reached;
}
