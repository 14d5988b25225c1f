/** Probabilities from log-odds or log-probabilities that need not be normalised. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const probabilities = Float64Array.from(logits);
  const highest = probabilities.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let place = 0; place < probabilities.length; place += 1) {
    probabilities[place] = Math.exp(probabilities[place]! - highest);
    sum += probabilities[place]!;
  }
  return probabilities.map((value) => value / sum);
}

/** log Σ exp. */
export function logSumExp(logits: ArrayLike<number>): number {
  const values = Float64Array.from(logits);
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return highest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - highest), 0));
}
