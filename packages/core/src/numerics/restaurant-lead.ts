import { gammaQuadrature } from "./gamma.ts";

const eulerGamma = 0.5772156649015329;

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
 * Adaptive-Consistency's CRP criterion (Aggarwal et al. 2023, 2305.11860, appendix C.3). Its concentration α is
 * Gamma(k, rate 1 + γ + log n) for n votes over k answers. The paper draws 100 concentrations and 1000 continuations of
 * each; here the continuations are counted and α is integrated, absolute error below 1e-10.
 *
 * @param further votes to come, an integer ≥ 0; time grows with its cube, and doubles overflow beyond some 500
 */
export function restaurantLead(seating: Seating, further: number): number {
  const { leader, earlier, later } = seating;
  const others = [...earlier, ...later].reduce((sum, count) => sum + count, 0);
  const waysOfLeader = gains(leader, new Float64Array(further + 1));
  const contested = contestedEndings(seating, further, waysOfLeader);
  const rate = 1 + eulerGamma + Math.log(leader + others);
  const waysOfRest = new Float64Array(further + 1 - contested.length);
  const newcomers = { uncut: new Float64Array(further + 1), sums: new Float64Array(further + 1) };
  let expected = 0;
  for (const { x, weight } of gammaQuadrature(1 + earlier.length + later.length)) {
    const alpha = x / rate;
    let orders = 1;
    for (let i = 0; i < further; i += 1) orders *= (leader + others + alpha + i) / (i + 1);
    let led = waysToLead(contested, alpha, newcomers);
    gains(others + alpha, waysOfRest);
    for (let rest = 0; rest < waysOfRest.length; rest += 1) led += waysOfLeader[further - rest]! * waysOfRest[rest]!;
    expected += (weight * led) / orders;
  }
  return expected;
}

/** An end at which somebody else could have passed the leader. */
interface Ending {
  /** The leader's votes. */
  readonly final: number;
  /** Ways for the leader to gain what it did and the other known answers the number that is the place, none passing it. */
  readonly ways: Float64Array;
}

/** By the leader's gain from 0; from the first gain on that nobody can pass, the rest may fall as it will. */
function contestedEndings({ leader, earlier, later }: Seating, further: number, waysOfLeader: Float64Array): Ending[] {
  const lowest = [...earlier.map((count) => count + 1), ...later];
  const rival = Math.max(0, ...lowest);
  const endings: Ending[] = [];
  for (let gain = 0; gain <= further && leader + gain - rival < further - gain; gain += 1) {
    const final = leader + gain;
    let ways: Float64Array = new Float64Array(further - gain + 1);
    ways[0] = waysOfLeader[gain]!;
    for (const [place, count] of [...earlier, ...later].entries()) ways = product(ways, count, final - lowest[place]!);
    endings.push({ final, ways });
  }
  return endings;
}

/**
 * Fills in c(c + 1)…(c + y − 1)/y! at place y, the ways for answers with c votes between them to gain y, for each order of
 * the votes: the coefficients of (1 − z)^(−c), which multiply.
 */
function gains(count: number, series: Float64Array): Float64Array {
  for (let y = 0, ways = 1; y < series.length; y += 1) {
    series[y] = ways;
    ways *= (count + y) / (y + 1);
  }
  return series;
}

/** Ways with one more answer, whose series is cut where it would pass the leader. */
function product(ways: Float64Array, count: number, most: number): Float64Array {
  const sums = new Float64Array(ways.length);
  for (let gain = 0, ofOne = 1; gain <= most && gain < ways.length; gain += 1) {
    for (let sum = gain; sum < ways.length; sum += 1) sums[sum]! += ofOne * ways[sum - gain]!;
    ofOne *= (count + gain) / (gain + 1);
  }
  return sums;
}

/**
 * Ways over all contested endings, for one α. Answers not seen yet gain y between them, none more than the leader's `final`,
 * in as many ways as the coefficient g(y) of exp(α Σ z^s/s), s ≤ final: y g(y) = α (g(y − 1) + … + g(y − final)). Up to
 * `final` nothing is cut.
 */
function waysToLead(
  contested: readonly Ending[],
  alpha: number,
  { uncut, sums }: { readonly uncut: Float64Array; readonly sums: Float64Array },
): number {
  gains(alpha, uncut);
  let led = 0;
  for (const { final, ways } of contested) {
    const rest = ways.length - 1;
    let sum = 0;
    for (let y = 0; y <= final && y <= rest; y += 1) {
      sum += uncut[y]!;
      sums[y] = sum;
      led += uncut[y]! * ways[rest - y]!;
    }
    for (let y = final + 1; y <= rest; y += 1) {
      const ofNew = (alpha * (sums[y - 1]! - sums[y - 1 - final]!)) / y;
      sums[y] = sums[y - 1]! + ofNew;
      led += ofNew * ways[rest - y]!;
    }
  }
  return led;
}
