import type { GradedScore } from "./graded-score.ts";

/**
 * Expected calibration error: over equal-width bins of confidence, |accuracy − mean confidence| weighted by the bin's share
 * (Naeini et al. 2015; Guo et al. 2017). Confidences lie in [0,1]; exactly 1 belongs to the last bin. Undefined for none.
 */
export function expectedCalibrationError(scores: readonly GradedScore[], binCount = 10): number | undefined {
  if (scores.length === 0) return undefined;
  const gaps = new Float64Array(binCount);
  for (const { score, isRight } of scores) {
    gaps[Math.min(binCount - 1, Math.floor(score * binCount))]! += (isRight ? 1 : 0) - score;
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / scores.length;
}

/** Mean squared difference of confidence and outcome (Brier 1950); 0 is best. Undefined for none. */
export function brierScore(scores: readonly GradedScore[]): number | undefined {
  if (scores.length === 0) return undefined;
  return scores.reduce((sum, { score, isRight }) => sum + (score - (isRight ? 1 : 0)) ** 2, 0) / scores.length;
}
