/**
 * The natural logarithm of a token's probability over the whole vocabulary, untempered. Never above 0.
 *
 * @throws RangeError where the logits are no numbers, as damaged weights make them
 */
export function logSoftmax(logits: Float32Array): (token: number) => number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > highest) highest = logit;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - highest);
  if (!Number.isFinite(total)) throw new RangeError("the model's logits are no numbers: its weights are damaged");
  const logTotal = Math.log(total);
  return (token) => Math.min(0, logits[token]! - highest - logTotal);
}
