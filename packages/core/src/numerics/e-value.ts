import { continuedFraction, incompleteBeta } from "./incomplete-beta.ts";
import { logBetaFront } from "./stirling.ts";

/**
 * log E(s, f): how far s successes and f failures speak against "a success is no likelier than a failure". E is the
 * likelihood ratio of Jeffreys' prior truncated to θ > ½ over θ = ½,
 *
 *   E(s, f) = 2^(s+f) · (2/π) ∫_½^1 θ^(s−½) (1−θ)^(f−½) dθ,
 *
 * a martingale at θ = ½ and a supermartingale below: by Ville's inequality it ever reaches 1/δ with probability at most δ,
 * however often one looks. It rises with s and falls with f. In logs, since E itself overflows near s = 1030; right to
 * 1e-10 for counts up to 10,000.
 *
 * @param successes an integer ≥ 0
 * @param failures an integer ≥ 0
 */
export function logEValue(successes: number, failures: number): number {
  const a = successes + 0.5;
  const b = failures + 0.5;
  // Where failures prevail the two powers of 2 cancel, so that nothing underflows.
  if (b > a) return Math.log(continuedFraction(b, a, 0.5) / (b * Math.PI));
  return Math.log1p(-incompleteBeta(0.5, a, b)) - logBetaFront(a, b, 0.5) - Math.log(Math.PI);
}
