export { ballotOf } from "./ballot-of.ts";
export type { ConformalOptions, ConformalThreshold } from "./calibration/conformal-threshold.ts";
export { fitConformalThreshold, parseConformalThreshold, passes } from "./calibration/conformal-threshold.ts";
export type { CrossValidationOptions } from "./calibration/cross-validate.ts";
export { crossValidateCalibrator, judged } from "./calibration/cross-validate.ts";
export type { FitOptions } from "./calibration/fit-calibrator.ts";
export { fitCalibrator, fitCalibratorSpec } from "./calibration/fit-calibrator.ts";
export type { CrossValidated, FittedCalibrator, Judged } from "./calibration/fitted-calibrator.ts";
export { parseFittedCalibrator } from "./calibration/fitted-calibrator.ts";
export type { OptionLogits } from "./calibration/options/agreement.ts";
export type { OptionCalibrator, OptionFitOptions } from "./calibration/options/fit-option-calibrator.ts";
export { fitOptionCalibrator, parseOptionCalibrator } from "./calibration/options/fit-option-calibrator.ts";
export type { OptionMap } from "./calibration/options/option-map.ts";
export { optionProbabilities } from "./calibration/options/option-map.ts";
export type { CalibrationMethodName } from "./calibration/registry.ts";
export { calibrationMethods } from "./calibration/registry.ts";
export type { CombinationOptions, SignalCombination } from "./calibration/signal-combination.ts";
export { combineSignals, fitSignalCombination, parseSignalCombination } from "./calibration/signal-combination.ts";
export { parseDecisionConfidence } from "./decision-confidence/decision-confidence.ts";
export type { DecisionFitOptions, GradedDecision } from "./decision-confidence/fit-decision-confidence.ts";
export { fitDecisionConfidence } from "./decision-confidence/fit-decision-confidence.ts";
export type { Elicitor, Measure, Measured, Needed } from "./elicitors/elicitor.ts";
export { mostAnswerBytes } from "./elicitors/follow-up/shown.ts";
export type {
  Answered,
  Asking,
  Call,
  Elicited,
  FollowedSample,
  FollowUpContext,
  FollowUpElicitor,
  FollowUpShape,
  Reply,
  Scores,
  Scoring,
} from "./elicitors/follow-up.ts";
export type { JointElicitor } from "./elicitors/joint/joint-elicitor.ts";
export { jointElicitors } from "./elicitors/joint/registry.ts";
export { elicitorFor, elicitorNamed, elicitors, followUpFor } from "./elicitors/registry.ts";
export { elicitorForSignal, signalName } from "./elicitors/signal-names.ts";
export type { Source } from "./elicitors/signals-from.ts";
export { mostTopLogprobs, signalsFrom } from "./elicitors/signals-from.ts";
export { withSignal } from "./elicitors/with-signal.ts";
export type { Estimator } from "./estimator.ts";
export { estimatorFor } from "./estimator.ts";
export type { Askable, AskableModels, CalibratedSource, FittedPolicy } from "./fit-policy.ts";
export { fitPolicy } from "./fit-policy.ts";
export type { Alignment, AlignmentOptions, MisalignmentTable, TwoConfidences } from "./metrics/alignment.ts";
export { alignmentOf } from "./metrics/alignment.ts";
export type { CoveragePoint } from "./metrics/coverage-curve.ts";
export { coverageCurve } from "./metrics/coverage-curve.ts";
export type { Graded, GradedQuestion } from "./metrics/grade.ts";
export { gradeDecisions, gradeSamples } from "./metrics/grade.ts";
export type { GradedScore, GradedScores } from "./metrics/graded-scores.ts";
export { packQuestions, packScores } from "./metrics/graded-scores.ts";
export type { GradedVote } from "./metrics/graded-vote.ts";
export type { Interval, IntervalOptions, IntervalOrAbsence, MetricIntervals } from "./metrics/intervals.ts";
export { metricIntervals } from "./metrics/intervals.ts";
export type { Absence, MetricValue } from "./metrics/metric.ts";
export type { MetricOptions, MetricValues } from "./metrics/metrics-of.ts";
export { metricsOf } from "./metrics/metrics-of.ts";
export type { MetricName } from "./metrics/registry.ts";
export { metricDefinitions } from "./metrics/registry.ts";
export type { ReliabilityBin } from "./metrics/reliability.ts";
export { reliabilityOf } from "./metrics/reliability.ts";
export { spearman } from "./metrics/spearman.ts";
export type { FeatureRow } from "./numerics/ridge-model.ts";
export { fitDensityRatio } from "./weighting/fit-density-ratio.ts";
export { fitRankNormal } from "./weighting/fit-rank-normal.ts";
export { fitTemperature } from "./weighting/fit-temperature.ts";
export { fitTempering } from "./weighting/fit-tempering.ts";
export type { FittedWeighting, GradedQuestions } from "./weighting/fitted-weighting.ts";
export type { ShrunkDiscrimination } from "./weighting/shrunk-discrimination.ts";
export { shrunkDiscrimination } from "./weighting/shrunk-discrimination.ts";
