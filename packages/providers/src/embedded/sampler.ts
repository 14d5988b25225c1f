/** How one token is drawn. */
export interface Sampling {
  /** 0 takes the likeliest token every time. */
  readonly temperature: number;
  /** Draws among the likeliest tokens that together have this share; 1 draws among all. */
  readonly topP: number;
  /** Tokens that are never drawn. */
  readonly banned: ReadonlySet<number>;
  /** In [0,1). */
  readonly random: () => number;
}

/**
 * Draws the next token. Temperature first, then the share, as hosted models do it. Equal weights are ordered by token, so
 * the draw depends on nothing but the logits and the random number.
 */
export function drawToken(logits: Float32Array, { temperature, topP, banned, random }: Sampling): number {
  const best = likeliest(logits, banned);
  if (temperature === 0) return best;
  const highest = logits[best]!;
  const weights = new Float64Array(logits.length);
  let total = 0;
  for (let token = 0; token < logits.length; token++) {
    if (banned.has(token)) continue;
    const weight = Math.exp((logits[token]! - highest) / temperature);
    weights[token] = weight;
    total += weight;
  }
  const kept = topP < 1 ? keepShare(weights, topP * total) : total;
  return tokenAt(weights, random() * kept, best);
}

function likeliest(logits: Float32Array, banned: ReadonlySet<number>): number {
  let best = -1;
  for (let token = 0; token < logits.length; token++) {
    if (!banned.has(token) && (best === -1 || logits[token]! > logits[best]!)) best = token;
  }
  if (best === -1) throw new RangeError("every token is banned");
  return best;
}

/** Sets to 0 all but the largest weights that together reach the share, at least one; returns what those sum to. */
function keepShare(weights: Float64Array, share: number): number {
  const order = Array.from(weights.keys()).sort((a, b) => weights[b]! - weights[a]! || a - b);
  let sum = 0;
  let kept = 0;
  while (kept === 0 || (kept < order.length && sum < share)) sum += weights[order[kept++]!]!;
  for (const token of order.slice(kept)) weights[token] = 0;
  return sum;
}

function tokenAt(weights: Float64Array, place: number, fallback: number): number {
  let sum = 0;
  for (let token = 0; token < weights.length; token++) {
    sum += weights[token]!;
    if (place < sum) return token;
  }
  // Only where rounding left the place at the very end.
  return fallback;
}
