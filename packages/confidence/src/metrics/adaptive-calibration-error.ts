import { calibrationGap, equalCountBins } from "./bins.ts";
import { defineMetric } from "./metric.ts";

/** Adaptive ECE: the same gap over bins of equal count (Nixon et al. 2019). A tie across a boundary is shared out. */
export const adaptiveCalibrationError = defineMetric({
  name: "adaptive-ece",
  scale: "probability",
  better: "lower",
  measure: ({ ranked, bins }) => calibrationGap(equalCountBins(ranked, bins)),
});
