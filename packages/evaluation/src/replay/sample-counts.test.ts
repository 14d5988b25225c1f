import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { quantileOf } from "../statistics/quantile.ts";
import { SampleCounts } from "./sample-counts.ts";

const countsOf = (samples: readonly number[]) => {
  const counts = new SampleCounts();
  for (const one of samples) counts.add(one);
  return counts;
};

describe("SampleCounts", () => {
  test.prop([fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 40 }), fc.constantFrom(0, 0.5, 0.95, 1)])(
    "has the quantiles of the counts one by one",
    (samples, share) => {
      const ascending = [...samples].sort((a, b) => a - b);
      expect(countsOf(samples).quantile(share)).toBe(quantileOf(ascending, share));
    },
  );

  it("counts by samples, fewest first", () => {
    expect(countsOf([5, 3, 16, 3]).histogram).toEqual([
      { samples: 3, replays: 2 },
      { samples: 5, replays: 1 },
      { samples: 16, replays: 1 },
    ]);
  });
});
