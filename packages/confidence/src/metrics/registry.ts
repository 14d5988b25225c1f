import { adaptiveCalibrationError } from "./adaptive-calibration-error.ts";
import { auprcNegative, auprcPositive } from "./auprc.ts";
import { auroc } from "./auroc.ts";
import { brier } from "./brier.ts";
import { brierReliability, brierResolution, brierUncertainty, brierWithinBins } from "./brier-parts.ts";
import { confidenceEvenness } from "./confidence-evenness.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { inversePairRatio } from "./inverse-pair-ratio.ts";
import { maximumCalibrationError } from "./maximum-calibration-error.ts";
import type { Metric } from "./metric.ts";
import { negativeLogLikelihood } from "./negative-log-likelihood.ts";
import { auarc, aurc, excessAurc } from "./risk-coverage.ts";
import { selectiveAccuracy } from "./selective-accuracy.ts";
import { withinQuestionDiscrimination } from "./within-question-discrimination.ts";

/** Every metric of a confidence there is. A new one is a file, its test and a line here. */
const registered = [
  adaptiveCalibrationError,
  auarc,
  auprcNegative,
  auprcPositive,
  auroc,
  aurc,
  brier,
  brierReliability,
  brierResolution,
  brierUncertainty,
  brierWithinBins,
  confidenceEvenness,
  excessAurc,
  expectedCalibrationError,
  inversePairRatio,
  maximumCalibrationError,
  negativeLogLikelihood,
  selectiveAccuracy,
  withinQuestionDiscrimination,
] as const;

export type MetricName = (typeof registered)[number]["name"];

export const metricDefinitions: readonly Metric<MetricName>[] = registered;

const byName = new Map<string, Metric<MetricName>>(metricDefinitions.map((metric) => [metric.name, metric]));

export function metricNamed(name: MetricName): Metric<MetricName> {
  return byName.get(name)!;
}
