import type { RankedScores } from "../metrics/ranked-scores.ts";

export interface TieBin {
  /** Sum of the scores. */
  scores: number;
  right: number;
  count: number;
  /** The highest score. */
  upTo: number;
}

/**
 * At most `binCount` bins of like count. Equal scores are always in one, so that no bin depends on the order of a tie; none
 * but a lone one holds less than half of its share.
 */
export function binsOfWholeTies({ scores, right, wrong, count }: RankedScores, binCount: number): TieBin[] {
  const due = count / binCount;
  const bins: TieBin[] = [];
  let open: TieBin = { scores: 0, right: 0, count: 0, upTo: 0 };
  for (let tie = 0; tie < scores.length; tie += 1) {
    const size = right[tie]! + wrong[tie]!;
    open.scores += size * scores[tie]!;
    open.right += right[tie]!;
    open.count += size;
    open.upTo = scores[tie]!;
    if (open.count < due) continue;
    bins.push(open);
    open = { scores: 0, right: 0, count: 0, upTo: 0 };
  }
  const last = bins.at(-1);
  if (last !== undefined && open.count < due / 2) join(last, open);
  else bins.push(open);
  return bins;
}

/** Adds a bin to the one below it. */
export function join(below: TieBin, above: TieBin): void {
  if (above.count === 0) return;
  below.scores += above.scores;
  below.right += above.right;
  below.count += above.count;
  below.upTo = above.upTo;
}

/** One half-success more in two halves (Krichevsky & Trofimov 1981): no share is 0 or 1. */
export function shareOf({ right, count }: { readonly right: number; readonly count: number }): number {
  return (right + 0.5) / (count + 1);
}
