import type { GradedScore } from "./graded-score.ts";

/** Right ones that score above wrong ones, ties half, and how many such pairs there are. */
export interface PairsWon {
  readonly won: number;
  readonly pairs: number;
}

/** By rank sums in O(n log n): the Mann–Whitney U of the right ones. */
export function pairsWon(scores: readonly GradedScore[]): PairsWon {
  const sorted = [...scores].sort((a, b) => a.score - b.score);
  let won = 0;
  let wrongBelow = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    let right = 0;
    while (end < sorted.length && sorted[end]!.score === sorted[start]!.score) {
      if (sorted[end]!.isRight) right += 1;
      end += 1;
    }
    const wrong = end - start - right;
    won += right * (wrongBelow + wrong / 2);
    wrongBelow += wrong;
    start = end;
  }
  return { won, pairs: wrongBelow * (scores.length - wrongBelow) };
}

/**
 * Area under the ROC curve: the chance that a right answer scores above a wrong one, ties half. 0.5 is no discrimination.
 * Undefined when all are right or all are wrong.
 */
export function auroc(scores: readonly GradedScore[]): number | undefined {
  const { won, pairs } = pairsWon(scores);
  return pairs === 0 ? undefined : won / pairs;
}
