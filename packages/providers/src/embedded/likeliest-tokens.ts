export interface LikelyToken {
  readonly token: number;
  readonly logprob: number;
}

/** The `count` likeliest tokens, likeliest first; of equal ones the lower number. Reads the logits once. */
export function likeliestTokens(
  logits: Float32Array,
  count: number,
  logprob: (token: number) => number,
): readonly LikelyToken[] {
  const best: number[] = [];
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token]!;
    if (best.length === count && !(logit > logits[best[count - 1]!]!)) continue;
    let place = best.length;
    while (place > 0 && logit > logits[best[place - 1]!]!) place--;
    best.splice(place, 0, token);
    if (best.length > count) best.pop();
  }
  return best.map((token) => ({ token, logprob: logprob(token) }));
}
