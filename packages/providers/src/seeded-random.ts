/**
 * Four 32-bit words from text: cyrb128 by bryc (public domain). Not for secrets; collisions by accident are as rare as
 * in any good 128-bit hash.
 */
export function hashWords(text: string): readonly [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  a ^= b ^ c ^ d;
  return [a >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
}

/** What a seed is made of; the parts are kept apart, so `("a", "bc")` and `("ab", "c")` differ. */
export type SeedPart = string | number;

/** Numbers in [0,1) that depend on nothing but the seed: sfc32 (Chris Doty-Humphrey, PractRand). */
export function seededRandom(...seed: readonly SeedPart[]): () => number {
  let [a, b, c, counter] = hashWords(seedText(seed));
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The author's advice: the first outputs still resemble the seed.
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** An integer in [0, 2^31) from the seed: what servers accept as `seed`. */
export function seededInteger(...seed: readonly SeedPart[]): number {
  return hashWords(seedText(seed))[0] >>> 1;
}

function seedText(seed: readonly SeedPart[]): string {
  return seed.join("\u0000");
}
