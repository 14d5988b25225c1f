import type { GradedScores } from "./graded-scores.ts";
import { rankScores } from "./ranked-scores.ts";

export interface CoveragePoint {
  /** Share of answers that are kept, the most confident ones; in (0,1]. */
  readonly coverage: number;
  /** Share of right ones among them. */
  readonly accuracy: number;
  /** The least score that is kept. */
  readonly threshold: number;
}

/**
 * Accuracy of the most confident answers, at so many coverages evenly apart, rounded up to whole answers. Within a tie each
 * answer is as right as the tie on average, as in `selective-accuracy`.
 */
export function coverageCurve(scores: Pick<GradedScores, "scores" | "isRight">, points = 20): readonly CoveragePoint[] {
  const { scores: distinct, right, wrong, count } = rankScores(scores);
  const curve: CoveragePoint[] = [];
  let [kept, rightKept, point] = [0, 0, 1];
  for (let block = distinct.length - 1; block >= 0; block -= 1) {
    const size = right[block]! + wrong[block]!;
    for (; point <= points; point += 1) {
      const wanted = Math.ceil((point * count) / points);
      if (wanted > kept + size) break;
      const accuracy = (rightKept + ((wanted - kept) * right[block]!) / size) / wanted;
      curve.push({ coverage: wanted / count, accuracy, threshold: distinct[block]! });
    }
    kept += size;
    rightKept += right[block]!;
  }
  return curve;
}
