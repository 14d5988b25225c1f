import { defineMetric } from "./metric.ts";
import type { RankedScores } from "./ranked-scores.ts";

/** AUPRC-P: right answers are to be found, by high scores. A score without discrimination has the accuracy. */
export const auprcPositive = defineMetric({
  name: "auprc-positive",
  scale: "any",
  better: "higher",
  measure: ({ ranked }) => averagePrecision(ranked, true),
});

/** AUPRC-N: wrong answers are to be found, by low scores. A score without discrimination has the share of wrong ones. */
export const auprcNegative = defineMetric({
  name: "auprc-negative",
  scale: "any",
  better: "higher",
  measure: ({ ranked }) => averagePrecision(ranked, false),
});

/** Σ (recallₙ − recallₙ₋₁) · precisionₙ over the distinct scores: equal scores are found in one step. */
function averagePrecision({ scores, right, wrong, rightCount, count }: RankedScores, findRight: boolean) {
  const toFind = findRight ? rightCount : count - rightCount;
  if (toFind === 0) return "one-class";
  const wanted = findRight ? right : wrong;
  let found = 0;
  let looked = 0;
  let sum = 0;
  for (let step = 0; step < scores.length; step += 1) {
    const block = findRight ? scores.length - 1 - step : step;
    found += wanted[block]!;
    looked += right[block]! + wrong[block]!;
    sum += (wanted[block]! * found) / looked;
  }
  return sum / toFind;
}
