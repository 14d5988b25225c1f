import { equalWidthBins } from "./bins.ts";
import { brierOf } from "./brier.ts";
import { defineMetric, type MetricInput } from "./metric.ts";

interface BrierParts {
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
}

/**
 * Brier = reliability − resolution + uncertainty + what happens within bins (Murphy 1973; the last part, Stephenson,
 * Coelho & Jolliffe 2008, is 0 where all confidences of a bin are equal). Over the equal-width bins of the ECE.
 */
function partsOf({ ranked, bins }: MetricInput): BrierParts {
  const { count, right, confidence } = equalWidthBins(ranked, bins);
  const base = ranked.rightCount / ranked.count;
  let reliability = 0;
  let resolution = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const inBin = count[bin]!;
    if (inBin === 0) continue;
    reliability += (confidence[bin]! - right[bin]!) ** 2 / inBin;
    resolution += inBin * (right[bin]! / inBin - base) ** 2;
  }
  return {
    reliability: reliability / ranked.count,
    resolution: resolution / ranked.count,
    uncertainty: base * (1 - base),
  };
}

/** Squared distance of a bin's mean confidence from its accuracy. */
export const brierReliability = defineMetric({
  name: "brier-reliability",
  scale: "probability",
  better: "lower",
  measure: (input) => partsOf(input).reliability,
});

/** Squared distance of a bin's accuracy from that of all. */
export const brierResolution = defineMetric({
  name: "brier-resolution",
  scale: "probability",
  better: "higher",
  measure: (input) => partsOf(input).resolution,
});

/** Accuracy · (1 − accuracy): nothing that a confidence could change. */
export const brierUncertainty = defineMetric({
  name: "brier-uncertainty",
  scale: "probability",
  better: "neither",
  measure: (input) => partsOf(input).uncertainty,
});

/** What is left: spread of confidences within bins, less what of it is right. */
export const brierWithinBins = defineMetric({
  name: "brier-within-bins",
  scale: "probability",
  better: "lower",
  measure(input) {
    const { reliability, resolution, uncertainty } = partsOf(input);
    return brierOf(input.ranked) - reliability + resolution - uncertainty;
  },
});
