import { type QuadratureNode, quadrature } from "./gauss-legendre.ts";
import { halfLogTwoPi, stirlingRemainder } from "./stirling.ts";

/** Standard deviations of a gamma variable beyond which nothing is left that a double could hold. */
const reach = 12;

/** Weight below which a node adds nothing to a sum near 1. */
const negligible = 1e-15;

/**
 * e^(−x) x^k / k!, the density of Gamma(k + 1) at x > 0. Around its mode, where the logarithms of the factors are large
 * and nearly cancel, it is taken from how far x is from k.
 */
function gammaDensity(k: number, x: number): number {
  if (k === 0) return Math.exp(-x);
  const offset = (x - k) / k;
  return Math.exp(-k * (offset - Math.log1p(offset)) - 0.5 * Math.log(k) - halfLogTwoPi - stirlingRemainder(k));
}

/** P(G ≤ x) for G ∼ Gamma(votes + 1), x > 0: the tail of a Poisson sum on its smaller side, absolute error below 1e-13. */
export function gammaCdf(votes: number, x: number): number {
  let term = gammaDensity(votes, x);
  let sum = 0;
  if (votes < x) {
    for (let k = votes; term > sum * 1e-17; k -= 1) {
      sum += term;
      term *= k / x;
    }
    return 1 - sum;
  }
  for (let k = votes + 1; term > sum * 1e-17; k += 1) {
    term *= x / k;
    sum += term;
  }
  return sum;
}

/** E f(G) for G ∼ Gamma(shape), an integer ≥ 1, is Σ weight · f(x), to 1e-12 for smooth f with values in [0,1]. */
export function gammaQuadrature(shape: number): QuadratureNode[] {
  const spread = reach * Math.sqrt(shape);
  return quadrature(Math.max(0, shape - spread), shape + spread + 20)
    .map(({ x, weight }) => ({ x, weight: weight * gammaDensity(shape - 1, x) }))
    .filter(({ weight }) => weight > negligible);
}
