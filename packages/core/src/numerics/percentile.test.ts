import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { percentile } from "./percentile.ts";

describe("percentile", () => {
  it.each([
    [0, 1],
    [10, 1.4],
    [80, 4.2],
    [90, 4.6],
    [100, 5],
  ])("%d of one to five, in any order", (percent, expected) => {
    expect(Math.abs(percentile([3, 5, 1, 4, 2], percent) - expected)).toBeLessThan(1e-12);
  });

  test.prop(
    [
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 }),
      fc.integer({ max: 100, min: 0 }),
    ],
    { seed: 5 },
  )("lies between the least and the greatest, also after rounding", (values, percent) => {
    expect(percentile(values, percent)).toBeGreaterThanOrEqual(Math.min(...values));
    expect(percentile(values, percent)).toBeLessThanOrEqual(Math.max(...values));
  });
});
