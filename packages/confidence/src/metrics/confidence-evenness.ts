import { equalWidthBins } from "./bins.ts";
import { defineMetric } from "./metric.ts";

/**
 * CE (UF, arXiv 2404.02655): entropy of the shares of the equal-width bins over that of even shares. 1 is even; 0 is all
 * in one bin. Says how much of the scale a confidence uses, not how well.
 */
export const confidenceEvenness = defineMetric({
  name: "ce",
  scale: "probability",
  better: "higher",
  measure({ ranked, bins }) {
    let entropy = 0;
    for (const inBin of equalWidthBins(ranked, bins).count) {
      const share = inBin / ranked.count;
      if (share > 0) entropy -= share * Math.log(share);
    }
    return entropy / Math.log(bins);
  },
});
