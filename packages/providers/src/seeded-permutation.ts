import { type SeedPart, seededRandom } from "./seeded-random.ts";

/** The numbers 0 … length − 1 in an order that depends on nothing but length and seed (Fisher–Yates). */
export function seededPermutation(length: number, ...seed: readonly SeedPart[]): Uint32Array {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  const random = seededRandom(...seed);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
