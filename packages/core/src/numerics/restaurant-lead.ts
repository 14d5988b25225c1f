import { newcomerChances } from "./restaurant-newcomers.ts";

/** Votes as a Chinese-restaurant process sees them: an answer is a table, a vote a guest. */
export interface Seating {
  /** Votes of the leader, at least 1. */
  readonly leader: number;
  /** Votes of each answer seen before the leader: it must end behind it. */
  readonly earlier: readonly number[];
  /** Votes of each answer seen after the leader: it may end level, ties going to the first seen. */
  readonly later: readonly number[];
}

/**
 * P(the leader still leads after so many further votes) when the votes go on as a Chinese-restaurant process: the value of
 * Adaptive-Consistency's CRP criterion (Aggarwal et al. 2023, 2305.11860, appendix C.3). The paper draws 100 concentrations
 * and 1000 continuations of each; here both are summed, absolute error below 1e-10.
 *
 * @param further votes to come, an integer ≥ 0; time grows with its cube and doubles overflow beyond some 500
 */
export function restaurantLead({ leader, earlier, later }: Seating, further: number): number {
  const others = [...earlier, ...later];
  const votes = others.reduce((sum, count) => sum + count, leader);
  const newcomers = newcomerChances(others.length + 1, votes, further);
  let led = 0;
  for (let gain = 0, waysOfLeader = 1; gain <= further; gain += 1) {
    const final = leader + gain;
    let ways = [1, ...new Array<number>(further - gain).fill(0)];
    for (const [place, count] of others.entries()) {
      ways = withGains(ways, count, final - count - (place < earlier.length ? 1 : 0));
    }
    let ended = 0;
    for (let gained = 0; gained < ways.length; gained += 1) {
      ended += ways[gained]! * newcomers(final, further - gain - gained);
    }
    led += waysOfLeader * ended;
    waysOfLeader *= (leader + gain) / (gain + 1);
  }
  return led;
}

/**
 * An answer with c votes gains y in c(c + 1)…(c + y − 1)/y! ways for each order of the votes, so the ways of several answers
 * to gain a sum are the product of their power series, each cut where the answer would pass the leader.
 */
function withGains(ways: readonly number[], count: number, most: number): number[] {
  const product = new Array<number>(ways.length).fill(0);
  for (let gain = 0, waysOfOne = 1; gain <= most && gain < ways.length; gain += 1) {
    for (let sum = gain; sum < ways.length; sum += 1) product[sum]! += waysOfOne * ways[sum - gain]!;
    waysOfOne *= (count + gain) / (gain + 1);
  }
  return product;
}
