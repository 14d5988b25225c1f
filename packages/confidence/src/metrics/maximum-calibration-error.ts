import { equalWidthBins } from "./bins.ts";
import { defineMetric } from "./metric.ts";

/** MCE: the largest |accuracy − mean confidence| of any equal-width bin that holds something. */
export const maximumCalibrationError = defineMetric({
  name: "mce",
  scale: "probability",
  better: "lower",
  measure({ ranked, bins }) {
    const { count, right, confidence } = equalWidthBins(ranked, bins);
    let largest = 0;
    for (let bin = 0; bin < bins; bin += 1) {
      if (count[bin]! > 0) largest = Math.max(largest, Math.abs(right[bin]! - confidence[bin]!) / count[bin]!);
    }
    return largest;
  },
});
