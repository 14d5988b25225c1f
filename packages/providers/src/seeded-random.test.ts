import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededPermutation } from "./seeded-permutation.ts";
import { seededInteger, seededRandom } from "./seeded-random.ts";

const seed = fc.oneof(fc.string(), fc.integer());

describe("seededRandom", () => {
  it("gives the same numbers for the same seed, all in [0,1)", () => {
    fc.assert(
      fc.property(seed, (from) => {
        const [one, other] = [seededRandom(from), seededRandom(from)];
        for (let i = 0; i < 50; i++) {
          const value = one();
          expect(value).toBe(other());
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThan(1);
        }
      }),
    );
  });

  it("keeps the parts of a seed apart", () => {
    expect(seededRandom("a", "bc")()).not.toBe(seededRandom("ab", "c")());
    expect(seededInteger(1, "q", 2)).not.toBe(seededInteger(1, "q", 3));
  });

  it("spreads evenly", () => {
    const random = seededRandom("even");
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(random() * 10)]!++;
    // Five standard deviations of a bin are 474.
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(474);
  });

  it("does not change from version to version: runs are resumed by it", () => {
    const random = seededRandom(7, "question");
    expect([random(), random()]).toMatchInlineSnapshot(`
      [
        0.7760985973291099,
        0.7502695026341826,
      ]
    `);
    expect(seededInteger(7, "question", 0)).toMatchInlineSnapshot(`1202417317`);
    expect([...seededPermutation(6, 7, "question")]).toMatchInlineSnapshot(`
      [
        0,
        2,
        1,
        5,
        3,
        4,
      ]
    `);
  });
});

describe("seededPermutation", () => {
  it("is a permutation that depends on the seed only", () => {
    fc.assert(
      fc.property(fc.nat(200), seed, (length, from) => {
        const order = seededPermutation(length, from);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
        expect(order).toEqual(seededPermutation(length, from));
      }),
    );
  });

  it("puts every element in every place equally often", () => {
    const firsts = new Array<number>(4).fill(0);
    for (let i = 0; i < 40_000; i++) firsts[seededPermutation(4, i)[0]!]!++;
    for (const count of firsts) expect(Math.abs(count - 10_000)).toBeLessThan(450);
  });
});
