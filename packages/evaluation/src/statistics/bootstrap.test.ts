import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { bootstrapInterval } from "./bootstrap.ts";
import { normalInterval } from "./normal-interval.ts";
import { quantileOf } from "./quantile.ts";
import type { RatioGroups } from "./ratio-groups.ts";
import { wilsonInterval } from "./wilson.ts";

const ofShares = (shares: readonly (readonly [number, number])[]): RatioGroups => ({
  numerators: shares.map(([right]) => right),
  denominators: shares.map(([, all]) => all),
});
const single = (right: number, all: number) =>
  ofShares(Array.from({ length: all }, (_, place) => [place < right ? 1 : 0, 1]));

const group = fc
  .tuple(fc.nat({ max: 6 }), fc.integer({ min: 1, max: 6 }))
  .map(([right, all]) => [Math.min(right, all), all] as const);

describe("bootstrapInterval", () => {
  it("is near the binomial quantiles for questions that stand alone", () => {
    // Independent: the resampled count is Binomial(100, 0.3); its 2.5 % and 97.5 % quantiles are 21 and 39.
    const { low, high } = bootstrapInterval(single(30, 100), { seed: 1, resamples: 20_000 })!;
    expect(low).toBeCloseTo(0.21, 2);
    expect(high).toBeCloseTo(0.39, 2);
  });

  it("equals every resample there is, on a set so small that they can be listed", () => {
    const groups = [
      [1, 2],
      [3, 3],
      [0, 4],
    ] as const;
    const all: number[] = [];
    for (const a of groups)
      for (const b of groups) for (const c of groups) all.push((a[0] + b[0] + c[0]) / (a[1] + b[1] + c[1]));
    all.sort((a, b) => a - b);
    const { low, high } = bootstrapInterval(ofShares(groups), { seed: 3, resamples: 50_000 })!;
    expect(low).toBe(all[0]);
    expect(high).toBe(all.at(-1));
  });

  it("widens when questions share a source", () => {
    const alone = bootstrapInterval(single(50, 100), { seed: 1 })!;
    const together = bootstrapInterval(ofShares(Array.from({ length: 10 }, (_, i) => [i < 5 ? 10 : 0, 10])), {
      seed: 1,
    })!;
    expect(together.high - together.low).toBeGreaterThan(2 * (alone.high - alone.low));
  });

  it("uses Wilson over groups where all agree, and is absent with fewer than two groups", () => {
    expect(bootstrapInterval(single(0, 20), { seed: 1 })).toEqual(wilsonInterval(0, 20));
    expect(bootstrapInterval(single(20, 20), { seed: 1 })).toEqual(wilsonInterval(1, 20));
    expect(bootstrapInterval(ofShares([[1, 2]]), { seed: 1 })).toBeUndefined();
    expect(bootstrapInterval(ofShares([]), { seed: 1 })).toBeUndefined();
  });

  it("above 10,000 groups agrees with resampling", () => {
    const shares = Array.from({ length: 10_001 }, (_, i) => [i % 3 === 0 ? 2 : i % 5 === 0 ? 1 : 0, 2] as const);
    const many = bootstrapInterval(ofShares(shares), { seed: 1 })!;
    const few = bootstrapInterval(ofShares(shares.slice(0, 10_000)), { seed: 1, resamples: 1000 })!;
    expect(many).toEqual(normalInterval(ofShares(shares)));
    expect(many.low).toBeCloseTo(few.low, 2);
    expect(many.high).toBeCloseTo(few.high, 2);
  });

  test.prop([fc.array(group, { minLength: 2, maxLength: 30 }), fc.nat()], { seed: 5, numRuns: 200 })(
    "holds a value within [0,1], with width, the same for a seed",
    (shares, seed) => {
      const groups = ofShares(shares);
      const interval = bootstrapInterval(groups, { seed, resamples: 100 })!;
      expect(interval).toEqual(bootstrapInterval(groups, { seed, resamples: 100 }));
      expect(interval.low).toBeGreaterThanOrEqual(0);
      expect(interval.high).toBeLessThanOrEqual(1);
      expect(interval.high).toBeGreaterThan(interval.low);
    },
  );

  test.prop([fc.array(group, { minLength: 2, maxLength: 20 }), fc.integer({ min: 2, max: 5 })], {
    seed: 6,
    numRuns: 100,
  })("weighs a group by its questions: doubling every group changes nothing", (shares, factor) => {
    const larger = shares.map(([right, all]) => [right * factor, all * factor] as const);
    const one = bootstrapInterval(ofShares(shares), { seed: 1, resamples: 50 })!;
    const other = bootstrapInterval(ofShares(larger), { seed: 1, resamples: 50 })!;
    expect(other.low).toBeCloseTo(one.low, 12);
    expect(other.high).toBeCloseTo(one.high, 12);
  });
});

describe("wilsonInterval", () => {
  it("agrees with published values", () => {
    // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    for (const [right, all, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const interval = wilsonInterval(right / all, all);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
  });
});

describe("normalInterval", () => {
  it("is the textbook interval of a mean when groups are single questions", () => {
    const { low, high } = normalInterval(single(300, 1000));
    const error = Math.sqrt((0.3 * 0.7) / 999);
    expect(low).toBeCloseTo(0.3 - 1.959964 * error, 8);
    expect(high).toBeCloseTo(0.3 + 1.959964 * error, 8);
  });
});

describe("quantileOf", () => {
  it("goes straight between neighbours", () => {
    expect([0, 0.25, 0.5, 1].map((share) => quantileOf([1, 2, 4], share))).toEqual([1, 1.5, 2, 4]);
    expect(quantileOf([7], 0.975)).toBe(7);
  });
});
