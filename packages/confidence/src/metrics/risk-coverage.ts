import { defineMetric } from "./metric.ts";
import type { RankedScores } from "./ranked-scores.ts";

/**
 * AURC: mean over k of the share of wrong answers among the k most confident (Geifman & El-Yaniv 2017). Within a tie each
 * answer is as wrong as the tie is on average.
 */
export const aurc = defineMetric({
  name: "aurc",
  scale: "any",
  better: "lower",
  measure: ({ ranked }) => areaUnderRisk(ranked),
});

/** E-AURC: AURC less that of a perfect order with the same number of wrong answers. 0 is a perfect order. */
export const excessAurc = defineMetric({
  name: "e-aurc",
  scale: "any",
  better: "lower",
  measure: ({ ranked }) => areaUnderRisk(ranked) - leastAreaUnderRisk(ranked),
});

/** AUARC: mean over k of the accuracy of the k most confident, 1 − AURC on the same grid. */
export const auarc = defineMetric({
  name: "auarc",
  scale: "any",
  better: "higher",
  measure: ({ ranked }) => 1 - areaUnderRisk(ranked),
});

function areaUnderRisk({ scores, right, wrong, count }: RankedScores): number {
  let sum = 0;
  let kept = 0;
  let errors = 0;
  for (let block = scores.length - 1; block >= 0; block -= 1) {
    const size = right[block]! + wrong[block]!;
    const share = wrong[block]! / size;
    for (let place = 1; place <= size; place += 1) sum += (errors + place * share) / (kept + place);
    kept += size;
    errors += wrong[block]!;
  }
  return sum / count;
}

function leastAreaUnderRisk({ rightCount, count }: RankedScores): number {
  let sum = 0;
  for (let kept = rightCount + 1; kept <= count; kept += 1) sum += (kept - rightCount) / kept;
  return sum / count;
}
