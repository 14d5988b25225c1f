import { fc, test } from "@fast-check/vitest";
import { buildCalibrator, calibratorSpecSchema } from "@quorate/core";
import { describe, expect, it } from "vitest";
import type { GradedScore } from "../metrics/graded-score.ts";
import { fitIsotonic } from "./fit-isotonic.ts";

const graded = fc.record({ score: fc.integer({ min: 0, max: 50 }).map((n) => n / 50), isRight: fc.boolean() });

describe("isotonic regression", () => {
  it("pools what falls, and leaves what rises", () => {
    const group = (score: number, right: number, count: number): GradedScore[] =>
      Array.from({ length: count }, (_, i) => ({ score, isRight: i < right }));
    // Shares 1/9, 7/9, 5/9, 8/9 with a half added: the middle two are pooled to 12.5/19... each of 9 samples.
    const scores = [...group(0.1, 1, 9), ...group(0.4, 7, 9), ...group(0.6, 5, 9), ...group(0.9, 8, 9)];
    const { points } = fitIsotonic(scores, 4)!;
    expect(points).toEqual([
      [expect.closeTo(0.1, 12), 1.5 / 10],
      [expect.closeTo(0.5, 12), 12.5 / 19],
      [expect.closeTo(0.9, 12), 8.5 / 10],
    ]);
  });

  it("has nothing to say about nothing", () => expect(fitIsotonic([])).toBeUndefined());

  test.prop([fc.array(graded, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 12 })], { seed: 21 })(
    "is a valid table that never falls and never claims certainty",
    (scores, binCount) => {
      const spec = fitIsotonic(scores, binCount)!;
      expect(calibratorSpecSchema.safeParse(spec).success).toBe(true);
      const calibrate = buildCalibrator(spec);
      let before = 0;
      for (let score = 0; score <= 1; score += 0.02) {
        const now = calibrate(score);
        expect(now).toBeGreaterThan(0);
        expect(now).toBeLessThan(1);
        // Straight lines between rising points round in the last place.
        expect(now).toBeGreaterThanOrEqual(before - 1e-12);
        before = now;
      }
    },
  );
});
