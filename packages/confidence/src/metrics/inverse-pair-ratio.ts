import { equalWidthBins } from "./bins.ts";
import { defineMetric } from "./metric.ts";

/**
 * IPR (UF, arXiv 2404.02655): of all pairs of bins that hold something, the share where the bin of lower confidence is
 * more accurate. 0 is monotone; equal accuracies are no inversion. One bin alone has 0, as the paper's constant predictor.
 */
export const inversePairRatio = defineMetric({
  name: "ipr",
  scale: "probability",
  better: "lower",
  measure({ ranked, bins }) {
    const { count, right } = equalWidthBins(ranked, bins);
    let pairs = 0;
    let inverse = 0;
    for (let low = 0; low < bins; low += 1) {
      for (let high = low + 1; high < bins; high += 1) {
        if (count[low] === 0 || count[high] === 0) continue;
        pairs += 1;
        // Cross-multiplied: counts are exact.
        if (right[low]! * count[high]! > right[high]! * count[low]!) inverse += 1;
      }
    }
    return pairs === 0 ? 0 : inverse / pairs;
  },
});
