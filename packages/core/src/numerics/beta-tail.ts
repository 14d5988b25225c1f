import { logBetaFrontAtHalf } from "./stirling.ts";

/** Up to this many trials every term and partial sum of the binomial tail is an exact integer in a double. */
const exactTrials = 52;

/**
 * P(p > ½) for p ∼ Beta(leader + 1, runnerUp + 1): the value of Adaptive-Consistency's Beta criterion
 * (Aggarwal et al. 2023, 2305.11860). Equals P(Bin(leader + runnerUp + 1, ½) ≤ leader), so for few votes the sum is exact
 * and may be compared with ≥; beyond, the incomplete beta function is right to 1e-10 for counts up to 10,000.
 *
 * @param leader votes of the leading class, an integer ≥ 0
 * @param runnerUp votes of the second class, an integer ≥ 0
 */
export function betaTail(leader: number, runnerUp: number): number {
  const trials = leader + runnerUp + 1;
  if (trials <= exactTrials) return exactTail(trials, leader);
  return 1 - incompleteBetaAtHalf(leader + 1, runnerUp + 1);
}

function exactTail(trials: number, successes: number): number {
  let term = 1;
  let sum = 1;
  for (let i = 0; i < successes; i += 1) {
    term = (term * (trials - i)) / (i + 1);
    sum += term;
  }
  return sum / 2 ** trials;
}

/** I_½(a, b). The continued fraction converges fast on the side where ½ < (a + 1)/(a + b + 2). */
function incompleteBetaAtHalf(a: number, b: number): number {
  const front = Math.exp(logBetaFrontAtHalf(a, b));
  if ((a + 1) / (a + b + 2) > 0.5) return (front * continuedFraction(a, b)) / a;
  return 1 - (front * continuedFraction(b, a)) / b;
}

/** Lentz's method on the continued fraction of the incomplete beta function (DLMF 8.17.22) at x = ½. */
function continuedFraction(a: number, b: number): number {
  const x = 0.5;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1), tiny);
  let result = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d, tiny);
    c = guard(1 + even / c, tiny);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d, tiny);
    c = guard(1 + odd / c, tiny);
    const factor = d * c;
    result *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return result;
}

function guard(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
