import { gammaCdf, gammaQuadrature } from "./gamma.ts";

/**
 * P(p₁ is the largest) for p ∼ Dirichlet(votes + 1), the leader's votes first: the value of Adaptive-Consistency's
 * Dirichlet criterion (Aggarwal et al. 2023, 2305.11860), by quadrature where the released code draws at random. With
 * gamma variables of a common rate in place of p it is E Π F_j(G₁). Absolute error below 1e-10.
 *
 * @param leader votes of the leader, an integer ≥ 0
 * @param others votes of all other answers, integers ≥ 0; equal ones side by side are worked out once
 */
export function dirichletLead(leader: number, others: readonly number[]): number {
  let sum = 0;
  for (const { x, weight } of gammaQuadrature(leader + 1)) {
    let product = weight;
    let factor = 1;
    for (let i = 0; i < others.length; i += 1) {
      if (i === 0 || others[i] !== others[i - 1]) factor = gammaCdf(others[i]!, x);
      product *= factor;
    }
    sum += product;
  }
  return sum;
}
