import { binomialTail } from "./binomial-tail.ts";
import { fallingRoot } from "./falling-root.ts";

/** A sum of fractions may come out this far above the whole number that it is. */
const rounding = 1e-9;

/**
 * p-value of "the mean loss is over epsilon" from `count` independent losses in [0,1] with this mean: the smaller of
 * Hoeffding's bound exp(−n·KL(mean, ε)) and Bentkus' e·P(Bin(n, ε) ≤ ⌈n·mean⌉) (Angelopoulos et al. 2110.01052, Prop. 2).
 */
export function hoeffdingBentkus(count: number, epsilon: number, mean: number): number {
  const hoeffding = Math.exp(-count * divergence(Math.min(mean, epsilon), epsilon));
  const bentkus = Math.E * binomialTail(count, epsilon, Math.ceil(count * mean - rounding));
  return Math.min(1, hoeffding, bentkus);
}

/** One-sided upper bound of the mean loss, at confidence 1 − alpha: the smallest that the p-value rejects. */
export function hoeffdingBentkusUpper(count: number, mean: number, alpha: number): number {
  if (mean >= 1) return 1;
  return fallingRoot((epsilon) => hoeffdingBentkus(count, epsilon, mean), alpha, mean, 1);
}

/** Kullback–Leibler divergence of two coins, in nats; `to` lies in (0,1). */
function divergence(from: number, to: number): number {
  const heads = from === 0 ? 0 : from * Math.log(from / to);
  const tails = from === 1 ? 0 : (1 - from) * Math.log((1 - from) / (1 - to));
  return heads + tails;
}
