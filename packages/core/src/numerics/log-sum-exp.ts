/** log Σ exp(x) without overflow; −∞ for no terms. */
export function logSumExp(terms: ArrayLike<number>): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < terms.length; i += 1) largest = Math.max(largest, terms[i]!);
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < terms.length; i += 1) sum += Math.exp(terms[i]! - largest);
  return largest + Math.log(sum);
}
