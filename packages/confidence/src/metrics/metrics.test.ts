import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { auroc } from "./auroc.ts";
import { brierScore, expectedCalibrationError } from "./calibration-error.ts";
import type { GradedScore } from "./graded-score.ts";
import { withinQuestionDiscrimination } from "./within-question-discrimination.ts";

const right = (score: number): GradedScore => ({ score, isRight: true });
const wrong = (score: number): GradedScore => ({ score, isRight: false });
const graded = fc.record({ score: fc.integer({ min: 0, max: 8 }).map((n) => n / 8), isRight: fc.boolean() });

function byAllPairs(scores: readonly GradedScore[]): number | undefined {
  const won: number[] = [];
  for (const a of scores)
    for (const b of scores)
      if (a.isRight && !b.isRight) won.push(a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0);
  return won.length === 0 ? undefined : won.reduce((sum, one) => sum + one, 0) / won.length;
}

describe("auroc", () => {
  it("is undefined when all are alike", () => {
    expect(auroc([])).toBeUndefined();
    expect(auroc([right(0.5), right(0.7)])).toBeUndefined();
  });

  test.prop([fc.array(graded, { maxLength: 30 })], { seed: 11 })("equals the share over all pairs", (scores) => {
    const expected = byAllPairs(scores);
    if (expected === undefined) expect(auroc(scores)).toBeUndefined();
    // Sums of halves over at most 225 pairs are exact; only the last division rounds.
    else expect(auroc(scores)).toBeCloseTo(expected, 12);
  });
});

describe("within-question discrimination", () => {
  it("pools the pairs of all questions and leaves out questions without one", () => {
    // (0.6 against 0.5 and 0.6: 1.5 of 2), (0.9 against 0.95: 0 of 1), (none).
    const questions = [[right(0.6), wrong(0.5), wrong(0.6)], [right(0.9), wrong(0.95)], [right(0.1)]];
    expect(withinQuestionDiscrimination(questions)).toBeCloseTo(1.5 / 3, 12);
    expect(withinQuestionDiscrimination([[right(1)], [wrong(0)]])).toBeUndefined();
  });

  it("is not fooled by hard questions that score low throughout", () => {
    const questions = [
      [right(0.9), wrong(0.9)],
      [right(0.1), wrong(0.1), wrong(0.1)],
    ];
    expect(withinQuestionDiscrimination(questions)).toBe(0.5);
    expect(auroc(questions.flat())).toBeGreaterThan(0.5);
  });
});

describe("expected calibration error", () => {
  it("is the weighted gap of the bins; a confidence of 1 belongs to the last", () => {
    // Bin [0.2,0.3): mean 0.25, accuracy 0.5, gap 0.25, two of four; bin [0.9,1]: mean 0.95, accuracy 1, gap 0.05.
    expect(expectedCalibrationError([right(0.2), wrong(0.3 - 1e-12), right(0.9), right(1)])).toBeCloseTo(0.15, 9);
    expect(expectedCalibrationError([])).toBeUndefined();
  });
});

describe("brier score", () => {
  it("is the mean squared error of the probability", () => {
    expect(brierScore([right(0.5), wrong(0.5), right(1), wrong(0)])).toBe(0.125);
    expect(brierScore([])).toBeUndefined();
  });
});
