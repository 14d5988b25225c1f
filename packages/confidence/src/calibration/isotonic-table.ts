import type { CalibratorSpec } from "@quorate/core";
import type { RankedScores } from "../metrics/ranked-scores.ts";
import { binsOfWholeTies, join, shareOf, type TieBin } from "./tie-bins.ts";

type Table = Extract<CalibratorSpec, { form: "table" }>;

/**
 * Isotonic regression (Zadrozny & Elkan 2002) by pooling adjacent violators: the best fit of probabilities that never fall
 * as the score rises. Scores are first put into about `binCount` groups of like size, equal scores always into one, and each
 * pooled group counts one half-success more in two halves (Krichevsky–Trofimov), so that no probability is 0 or 1 and a
 * table stays short. `points` are placed at the groups' mean scores. There is at least one score.
 */
export function isotonicTable(ranked: RankedScores, binCount: number): Table {
  const blocks: TieBin[] = [];
  for (const bin of binsOfWholeTies(ranked, binCount)) {
    blocks.push(bin);
    while (blocks.length > 1 && shareOf(blocks.at(-2)!) >= shareOf(blocks.at(-1)!)) {
      const last = blocks.pop()!;
      join(blocks.at(-1)!, last);
    }
  }
  const points = blocks.map((block): [number, number] => [block.scores / block.count, shareOf(block)]);
  // Means of neighbouring doubles may round to one; a table's scores must rise.
  return { form: "table", points: points.filter(([score], i) => i === 0 || score > points[i - 1]![0]) };
}
