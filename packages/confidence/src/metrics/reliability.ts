import { equalWidthBins } from "./bins.ts";
import type { GradedScores } from "./graded-scores.ts";
import { rankScores } from "./ranked-scores.ts";

/** Answers of like confidence, and how many of them are right. */
export interface ReliabilityBin {
  /** The bin is (from, to], 0 in the first. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence. */
  readonly confidence: number;
  /** Share of right ones. */
  readonly accuracy: number;
}

/**
 * A reliability diagram as numbers: the filled ones of the bins that the calibration error is taken over. Undefined where a
 * score is no probability.
 */
export function reliabilityOf(
  scores: Pick<GradedScores, "scores" | "isRight">,
  bins = 10,
): readonly ReliabilityBin[] | undefined {
  const ranked = rankScores(scores);
  if (ranked.count > 0 && (ranked.scores[0]! < 0 || ranked.scores.at(-1)! > 1)) return undefined;
  const { count, right, confidence } = equalWidthBins(ranked, bins);
  return Array.from(count, (members, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    count: members,
    confidence: confidence[bin]! / members,
    accuracy: right[bin]! / members,
  })).filter(({ count: members }) => members > 0);
}
