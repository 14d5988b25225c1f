import type { RankedScores } from "../metrics/ranked-scores.ts";

/**
 * What each distinct score should come out as, and how many answers it stands for. A right answer counts as
 * (n₊ + 1)/(n₊ + 2) and a wrong one as 1/(n₋ + 2) (Platt 1999): data that a threshold separates then have a finite fit.
 */
export function smoothedTargets({ right, wrong, rightCount, count }: RankedScores): {
  readonly targets: Float64Array;
  readonly weights: Float64Array;
} {
  const ofRight = (rightCount + 1) / (rightCount + 2);
  const ofWrong = 1 / (count - rightCount + 2);
  const weights = Float64Array.from(right, (here, block) => here + wrong[block]!);
  const targets = weights.map((size, block) => (right[block]! * ofRight + wrong[block]! * ofWrong) / size);
  return { targets, weights };
}
