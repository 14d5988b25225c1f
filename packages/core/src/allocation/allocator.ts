import { betaTail } from "../numerics/beta-tail.ts";
import { logBetaFront } from "../numerics/stirling.ts";

/** Of an open question, what an allocator looks at. */
export interface OpenVote {
  /** Votes of the leading answer, at least `runnerUp`. */
  readonly leader: number;
  readonly runnerUp: number;
  /** Votes and abstentions so far. */
  readonly samples: number;
}

/**
 * Whose turn it is when questions share one budget: the question of the greatest urgency. Urgency depends on a question's own
 * vote and on nothing else, so that a queue of any length stays in order while single votes move.
 */
export interface Allocator {
  readonly name: string;
  /** Finite; grows with what another sample may do. */
  urgency(vote: OpenVote): number;
}

/** Every question gets the same number of samples, as far as its rule lets it. */
const equal: Allocator = { name: "equal", urgency: ({ samples }) => -samples };

/** Samples up to which the Beta value alone speaks, and from which the density alone does. */
const [early, late] = [8, 16];

/**
 * Least settled first, in the spirit of Blend-ASC (2511.12309): the value of Adaptive-Consistency's Beta criterion early, the
 * density of Beta(v1 + 1, v2 + 1) at ½ (PPR-1v1, Jain et al. 2022) late; below some eight samples a question the latter is the
 * worse of the two, pouring samples into ties. The published blend is not known to us. Ours: as logarithms, both nothing
 * before the first vote, mixed in proportion from 8 to 16 samples.
 */
const unsettled: Allocator = {
  name: "unsettled",
  urgency({ leader, runnerUp, samples }) {
    const share = Math.min(1, Math.max(0, (samples - early) / (late - early)));
    const betaValue = share < 1 ? Math.log(2 * lossOf(leader, runnerUp)) : 0;
    const density = share > 0 ? logDensityAtHalf(leader, runnerUp) : 0;
    return (1 - share) * betaValue + share * density;
  },
};

/** P(the runner-up is the more likely of the two), by the votes that it takes to change the answer. */
const value: Allocator = {
  name: "value",
  urgency: ({ leader, runnerUp }) => lossOf(leader, runnerUp) / (leader - runnerUp + 1),
};

/** Every allocator there is. */
export const allocators: readonly Allocator[] = [equal, unsettled, value];

export function allocatorNamed(name: string): Allocator | undefined {
  return allocators.find((allocator) => allocator.name === name);
}

/** Not 1 − P(leader): that is all rounding once the leader is safe. */
function lossOf(leader: number, runnerUp: number): number {
  return Math.max(Number.MIN_VALUE, betaTail(runnerUp, leader));
}

/** Of Beta(leader + 1, runnerUp + 1): ½^(a+b−2)/B(a, b), and `logBetaFront` has ½^(a+b)/B(a, b). */
function logDensityAtHalf(leader: number, runnerUp: number): number {
  return logBetaFront(leader + 1, runnerUp + 1, 0.5) + 2 * Math.LN2;
}
