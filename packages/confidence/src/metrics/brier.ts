import { defineMetric } from "./metric.ts";
import type { RankedScores } from "./ranked-scores.ts";

/** Mean squared difference of confidence and outcome (Brier 1950). */
export const brier = defineMetric({
  name: "brier",
  scale: "probability",
  better: "lower",
  measure: ({ ranked }) => brierOf(ranked),
});

export function brierOf({ scores, right, wrong, count }: RankedScores): number {
  let sum = 0;
  for (let block = 0; block < scores.length; block += 1) {
    const score = scores[block]!;
    sum += right[block]! * (1 - score) ** 2 + wrong[block]! * score ** 2;
  }
  return sum / count;
}
