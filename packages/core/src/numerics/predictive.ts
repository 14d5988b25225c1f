import { logBinomial } from "./log-factorial.ts";

export interface VoteState {
  readonly leader: number;
  readonly runnerUp: number;
  /** Votes of all other classes; absent where every further vote is taken to go to one of the first two. */
  readonly rest?: number;
  /** Votes still to come. */
  readonly left: number;
  readonly tieKept: boolean;
}

/**
 * Probability that the leader is still in front of the runner-up when all votes are in, the class probabilities having a
 * uniform prior: a Beta-binomial over two classes, or with `rest` a Dirichlet-multinomial over three. O(left).
 *
 * Of m further votes for the two, X go to the leader. One more vote changes "still in front" only from the edge, so
 * P(m + 1) follows from P(m) by what crosses it; the third class only decides how many votes the two get.
 */
export function probabilityToKeepLead({ leader, runnerUp, rest, left, tieKept }: VoteState): number {
  const edge = tieKept ? 0 : 1;
  const lead = leader - runnerUp;
  let inFront = lead >= edge ? 1 : 0;
  if (rest === undefined) {
    for (let m = 0; m < left; m += 1) inFront += crossing(leader, runnerUp, edge, m);
    return inFront;
  }
  let probability = 0;
  const logWays = logBinomial(leader + runnerUp + rest + left + 2, left);
  for (let m = 0; m <= left; m += 1) {
    const logSplit = logBinomial(leader + runnerUp + 1 + m, m) + logBinomial(rest + left - m, rest) - logWays;
    probability += Math.exp(logSplit) * inFront;
    inFront += crossing(leader, runnerUp, edge, m);
  }
  return probability;
}

/** What vote m + 1 adds to the probability of being in front: gains from one below the edge, losses from the edge. */
function crossing(leader: number, runnerUp: number, edge: number, m: number): number {
  const surplus = m + edge - (leader - runnerUp);
  const fromEdge = surplus % 2 === 0;
  const ups = fromEdge ? surplus / 2 : (surplus - 1) / 2;
  if (ups < 0 || ups > m) return 0;
  const logWays =
    logBinomial(leader + ups, leader) +
    logBinomial(runnerUp + m - ups, runnerUp) -
    logBinomial(leader + runnerUp + m + 1, m);
  const votes = leader + runnerUp + 2 + m;
  return fromEdge
    ? (-Math.exp(logWays) * (runnerUp + 1 + m - ups)) / votes
    : (Math.exp(logWays) * (leader + 1 + ups)) / votes;
}
