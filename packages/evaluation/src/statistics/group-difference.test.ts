import { describe, expect, it } from "vitest";
import { groupDifference } from "./group-difference.ts";
import { type Pair, pairedDifference } from "./paired-difference.ts";
import { wilsonInterval } from "./wilson.ts";

const seed = 4;

describe("groupDifference", () => {
  it("is the paired difference of the same questions one by one", () => {
    const sides = Array.from({ length: 40 }, (_, i) => ({ a: i % 3 === 0, b: i % 4 === 0, group: `g${i % 9}` }));
    const pairs = sides.map(
      ({ a, b, group }): Pair => ({ group, a: { correct: a, samples: 8 }, b: { correct: b, samples: 5 } }),
    );
    const sums = (side: "a" | "b") => ({
      numerators: Array.from({ length: 9 }, (_, g) => sides.filter((one, i) => i % 9 === g && one[side]).length),
      denominators: Array.from({ length: 9 }, (_, g) => sides.filter((_one, i) => i % 9 === g).length),
    });
    expect(groupDifference(sums("a"), sums("b"), { seed, questions: 40 })).toEqual(
      pairedDifference(pairs, { seed }).accuracy,
    );
  });

  it("of shares that differ nowhere claims no certainty; of counts it may", () => {
    const same = { numerators: [1, 0, 2], denominators: [2, 2, 2] };
    const { high } = wilsonInterval(0, 3);
    expect(groupDifference(same, same, { seed, questions: 6 })).toEqual({
      a: 0.5,
      b: 0.5,
      difference: 0,
      interval: { low: -high, high },
      questions: 6,
    });
    expect(groupDifference(same, same, { seed, questions: 6, isShare: false }).interval).toEqual({ low: 0, high: 0 });
  });

  it("has no interval over a single group", () => {
    const [a, b] = [2, 1].map((numerator) => ({ numerators: [numerator], denominators: [2] }));
    expect(groupDifference(a!, b!, { seed, questions: 1 })).toEqual({ a: 1, b: 0.5, difference: -0.5, questions: 1 });
  });
});
