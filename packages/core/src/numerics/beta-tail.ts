import { incompleteBetaAtHalf } from "./incomplete-beta.ts";

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
