import { defineMetric } from "./metric.ts";
import { pairsWon } from "./pairs-won.ts";

/**
 * Area under the ROC curve: the chance that a right answer scores above a wrong one, ties half (mid-ranks). 0.5 is no
 * discrimination.
 */
export const auroc = defineMetric({
  name: "auroc",
  scale: "any",
  better: "higher",
  measure({ ranked }) {
    const { won, pairs } = pairsWon(ranked);
    return pairs === 0 ? "one-class" : won / pairs;
  },
});
