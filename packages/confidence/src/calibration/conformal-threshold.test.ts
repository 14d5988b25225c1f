import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { packScores } from "../metrics/graded-scores.ts";
import { fitConformalThreshold, parseConformalThreshold, passes } from "./conformal-threshold.ts";

const source = { file: "traces.jsonl", digest: "ab12", date: "2025-01-31" };
const guards = fc.constantFrom("right" as const, "wrong" as const);
const list = (scores: readonly number[], isRight: boolean) => packScores(scores.map((score) => ({ score, isRight })));

describe("conformal threshold", () => {
  it("of 19 scores at 0.1 is the second from the end", () => {
    const scores = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
    const right = fitConformalThreshold(list(scores, true), { guards: "right", alpha: 0.1, ...source });
    expect(right).toMatchObject({ threshold: 0.1, fittedOn: { count: 19, right: 19 } });
    expect([0.09, 0.1, 0.2].map((score) => passes(right, score))).toEqual([false, true, true]);
    const wrong = fitConformalThreshold(list(scores, false), { guards: "wrong", alpha: 0.1, ...source });
    expect(wrong.threshold).toBe(0.9);
    expect([0.9, 0.91].map((score) => passes(wrong, score))).toEqual([false, true]);
    expect(parseConformalThreshold(JSON.parse(JSON.stringify(wrong)))).toEqual(wrong);
  });

  it("refuses fewer than 1/α − 1", () => {
    const scores = list([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], true);
    expect(() => fitConformalThreshold(scores, { guards: "right", alpha: 0.1, ...source })).toThrowError(/at least 9/);
    expect(() => fitConformalThreshold(scores, { guards: "wrong", alpha: 0.5, ...source })).toThrowError(/0 wrong/);
    expect(() => fitConformalThreshold(scores, { guards: "right", alpha: 1, ...source })).toThrowError(/`alpha`/);
  });

  // Exchangeable: each of n + 1 is the new one as often. So the promise is an exact count, ties and all.
  test.prop(
    [
      fc.array(
        fc.integer({ min: 0, max: 12 }).map((n) => n / 12),
        { minLength: 8, maxLength: 30 },
      ),
      guards,
    ],
    { seed: 71 },
  )("errs on at most a share α when each score in turn is the new one", (scores, guarded) => {
    const alpha = 0.2;
    const missed = scores.filter((score, place) => {
      const others = list(scores.toSpliced(place, 1), guarded === "right");
      const isKept = passes(fitConformalThreshold(others, { guards: guarded, alpha, ...source }), score);
      return guarded === "right" ? !isKept : isKept;
    });
    expect(missed.length).toBeLessThanOrEqual(Math.floor(alpha * scores.length));
  });

  it("and on exactly that share where no scores are equal", () => {
    const scores = Array.from({ length: 20 }, (_, i) => i);
    const missed = scores.filter((score, place) => {
      const others = list(scores.toSpliced(place, 1), true);
      return !passes(fitConformalThreshold(others, { guards: "right", alpha: 0.15, ...source }), score);
    });
    expect(missed).toHaveLength(3);
  });
});
