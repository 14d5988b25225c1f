import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { bootstrapInterval, drawnOnce } from "./bootstrap.ts";
import { Resamples } from "./resamples.ts";

const group = fc
  .tuple(fc.nat({ max: 6 }), fc.integer({ min: 1, max: 6 }))
  .map(([right, all]) => [Math.min(right, all), all] as const);

describe("Resamples", () => {
  test.prop([fc.array(group, { minLength: 2, maxLength: 30 }), fc.nat(), fc.boolean()], { seed: 7, numRuns: 50 })(
    "give the very intervals of a bootstrap of its own",
    (shares, seed, isShare) => {
      const groups = { numerators: shares.map(([right]) => right), denominators: shares.map(([, all]) => all) };
      const ratios = drawnOnce(shares.length, seed)?.ratiosOf(groups);
      expect(ratios).toHaveLength(2000);
      expect(bootstrapInterval(groups, { seed, isShare, ratios })).toEqual(
        bootstrapInterval(groups, { seed, isShare }),
      );
    },
  );

  it("draw as many groups as there are, each equally often in the long run", () => {
    const resamples = new Resamples(5, { seed: 1, resamples: 4000 });
    const ones = { numerators: [1, 1, 1, 1, 1], denominators: [1, 1, 1, 1, 1] };
    expect(new Set(resamples.ratiosOf(ones))).toEqual(new Set([1]));
    const first = resamples.ratiosOf({ ...ones, numerators: [1, 0, 0, 0, 0] });
    expect(first.reduce((sum, ratio) => sum + ratio, 0) / first.length).toBeCloseTo(0.2, 2);
  });

  it("are not kept for groups that are too few or too many", () => {
    expect(drawnOnce(1, 1)).toBeUndefined();
    expect(drawnOnce(10_001, 1)).toBeUndefined();
  });
});
