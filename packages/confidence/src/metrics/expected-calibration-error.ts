import { calibrationGap, equalWidthBins } from "./bins.ts";
import { defineMetric } from "./metric.ts";

/**
 * ECE: |accuracy − mean confidence| of equal-width bins, weighted by their share (Naeini et al. 2015; Guo et al. 2017).
 * Bins are (lo, hi] with 0 in the first.
 */
export const expectedCalibrationError = defineMetric({
  name: "ece",
  scale: "probability",
  better: "lower",
  measure: ({ ranked, bins }) => calibrationGap(equalWidthBins(ranked, bins)),
});
