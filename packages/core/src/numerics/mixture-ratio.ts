import { logBetaFront } from "./stirling.ts";

/**
 * log of ∫ (2p)^leader (2(1 − p))^runnerUp π(p) dp with π = Beta(prior, prior) cut to p > ½: the likelihood ratio of "the
 * leader has the larger share" against "both have half", the mixture statistic of mSPRT (2503.17587). With prior ½ it is the
 * e-process of the pair. The integral is the ratio of two beta functions, times how much of the posterior lies above ½.
 * Absolute error below 1e-10.
 *
 * @param leader votes, an integer, at least those of the runner-up
 * @param prior parameter of the beta distribution, > 0; large ones expect shares near one half
 */
export function logMixtureRatio(leader: number, runnerUp: number, prior: number): number {
  const betaRatio = logBetaFront(prior, prior, 0.5) - logBetaFront(prior + leader, prior + runnerUp, 0.5);
  return betaRatio + Math.log(2 * tailAboveHalf(prior + runnerUp, leader - runnerUp));
}

/** P(p > ½) for p ∼ Beta(b + lead, b): one half, and a term for each vote of the lead (DLMF 8.17.20). */
function tailAboveHalf(b: number, lead: number): number {
  let term = Math.exp(logBetaFront(b, b, 0.5)) / b;
  let tail = 0.5;
  for (let i = 0; i < lead; i += 1) {
    tail += term;
    term *= (2 * b + i) / (2 * (b + i + 1));
  }
  return tail;
}
