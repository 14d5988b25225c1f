import type { RankedScores } from "./ranked-scores.ts";

/** What fell into each bin. */
export interface Bins {
  readonly count: Float64Array;
  readonly right: Float64Array;
  /** Sum of the confidences. */
  readonly confidence: Float64Array;
}

/** Bins of equal width, (lo, hi], with 0 in the first. Confidences lie in [0,1]. */
export function equalWidthBins({ scores, right, wrong }: RankedScores, bins: number): Bins {
  const all = emptyBins(bins);
  let bin = 0;
  for (let block = 0; block < scores.length; block += 1) {
    const score = scores[block]!;
    // They ascend, so the bin only moves up. Its end is a quotient and not a sum of widths: 0.3 is in (0.2, 0.3].
    while (score > (bin + 1) / bins) bin += 1;
    add(all, bin, right[block]! + wrong[block]!, right[block]!, score);
  }
  return all;
}

/**
 * Bins of equal count by rank; counts differ by one at most. A tie that lies across a boundary is shared out, each part as
 * right as the whole tie: the order of equal scores says nothing.
 */
export function equalCountBins({ scores, right, wrong, count }: RankedScores, bins: number): Bins {
  const all = emptyBins(bins);
  let bin = 0;
  let taken = 0;
  for (let block = 0; block < scores.length; block += 1) {
    const size = right[block]! + wrong[block]!;
    for (let left = size; left > 0; ) {
      const end = Math.floor(((bin + 1) * count) / bins);
      const part = Math.min(left, end - taken);
      add(all, bin, part, (part * right[block]!) / size, scores[block]!);
      left -= part;
      taken += part;
      if (taken === end) bin += 1;
    }
  }
  return all;
}

function emptyBins(bins: number): Bins {
  return { count: new Float64Array(bins), right: new Float64Array(bins), confidence: new Float64Array(bins) };
}

function add(bins: Bins, bin: number, count: number, right: number, score: number): void {
  bins.count[bin]! += count;
  bins.right[bin]! += right;
  bins.confidence[bin]! += count * score;
}

/** Σ |right − confidence| over the bins, by the number of answers. */
export function calibrationGap({ count, right, confidence }: Bins): number {
  let gap = 0;
  let all = 0;
  for (let bin = 0; bin < count.length; bin += 1) {
    gap += Math.abs(right[bin]! - confidence[bin]!);
    all += count[bin]!;
  }
  return gap / all;
}
