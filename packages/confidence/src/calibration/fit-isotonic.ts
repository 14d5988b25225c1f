import type { CalibratorSpec } from "@quorate/core";
import type { GradedScore } from "../metrics/graded-score.ts";

interface Block {
  scores: number;
  right: number;
  count: number;
}

/**
 * Isotonic regression (Zadrozny & Elkan 2002) by pooling adjacent violators: the best fit of probabilities that never fall
 * as the score rises. Scores are first put into `binCount` groups of like size, and each group counts one half-success more
 * in two halves (Krichevsky–Trofimov), so that no probability is 0 or 1 and a table stays short. `points` are placed at the
 * groups' mean scores.
 */
export function fitIsotonic(
  scores: readonly GradedScore[],
  binCount = 20,
): Extract<CalibratorSpec, { form: "table" }> | undefined {
  if (scores.length === 0) return undefined;
  const blocks: Block[] = [];
  for (const bin of binsOf(scores, binCount)) {
    blocks.push(bin);
    while (blocks.length > 1 && shareOf(blocks.at(-2)!) >= shareOf(blocks.at(-1)!)) {
      const last = blocks.pop()!;
      const before = blocks.at(-1)!;
      before.scores += last.scores;
      before.right += last.right;
      before.count += last.count;
    }
  }
  const points = blocks.map((block): [number, number] => [block.scores / block.count, shareOf(block)]);
  // Groups of equal scores have one mean; a table's scores must rise.
  return { form: "table", points: points.filter(([score], i) => i === 0 || score > points[i - 1]![0]) };
}

function binsOf(scores: readonly GradedScore[], binCount: number): Block[] {
  const sorted = [...scores].sort((a, b) => a.score - b.score);
  const count = Math.min(binCount, sorted.length);
  return Array.from({ length: count }, (_, bin) => {
    const members = sorted.slice(
      Math.round((bin * sorted.length) / count),
      Math.round(((bin + 1) * sorted.length) / count),
    );
    return {
      scores: members.reduce((sum, { score }) => sum + score, 0),
      right: members.filter(({ isRight }) => isRight).length,
      count: members.length,
    };
  });
}

function shareOf({ right, count }: Block): number {
  return (right + 0.5) / (count + 1);
}
