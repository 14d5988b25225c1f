export { ballotOf } from "./ballot-of.ts";
export type { ConformalOptions, ConformalThreshold } from "./calibration/conformal-threshold.ts";
export { fitConformalThreshold, parseConformalThreshold, passes } from "./calibration/conformal-threshold.ts";
export type { FitOptions } from "./calibration/fit-calibrator.ts";
export { fitCalibrator, fitCalibratorSpec } from "./calibration/fit-calibrator.ts";
export type { FittedCalibrator } from "./calibration/fitted-calibrator.ts";
export { parseFittedCalibrator } from "./calibration/fitted-calibrator.ts";
export type { FitSource } from "./calibration/fitted-on.ts";
export type { OptionLogits } from "./calibration/options/agreement.ts";
export type { OptionCalibrator, OptionFitOptions } from "./calibration/options/fit-option-calibrator.ts";
export { fitOptionCalibrator, parseOptionCalibrator } from "./calibration/options/fit-option-calibrator.ts";
export type { OptionMap } from "./calibration/options/option-map.ts";
export { optionProbabilities } from "./calibration/options/option-map.ts";
export type { CalibrationMethodName } from "./calibration/registry.ts";
export { calibrationMethods } from "./calibration/registry.ts";
export type { CombinationOptions, SignalCombination } from "./calibration/signal-combination.ts";
export { combineSignals, fitSignalCombination, parseSignalCombination } from "./calibration/signal-combination.ts";
export type { DecisionConfidence } from "./decision-confidence/decision-confidence.ts";
export { decisionConfidenceOf, parseDecisionConfidence } from "./decision-confidence/decision-confidence.ts";
export type { DecidedVote } from "./decision-confidence/features.ts";
export type { DecisionFitOptions, GradedDecision } from "./decision-confidence/fit-decision-confidence.ts";
export { fitDecisionConfidence } from "./decision-confidence/fit-decision-confidence.ts";
export type { Elicitor } from "./elicitors/elicitor.ts";
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
export { elicitorNamed, elicitors, followUpOf } from "./elicitors/registry.ts";
export type { Estimator } from "./estimator.ts";
export { estimatorFor } from "./estimator.ts";
export type { Askable, AskableModels, CalibratedSource, FittedPolicy } from "./fit-policy.ts";
export { fitPolicy } from "./fit-policy.ts";
export type { Alignment, AlignmentOptions, MisalignmentTable, TwoConfidences } from "./metrics/alignment.ts";
export { alignmentOf } from "./metrics/alignment.ts";
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
export { spearman } from "./metrics/spearman.ts";
export type { FeatureRow, Features } from "./numerics/ridge-model.ts";
export { fitDensityRatio } from "./weighting/fit-density-ratio.ts";
export { fitRankNormal } from "./weighting/fit-rank-normal.ts";
export { fitTemperature } from "./weighting/fit-temperature.ts";
export { fitTempering } from "./weighting/fit-tempering.ts";
export type { FittedWeighting, GradedQuestions } from "./weighting/fitted-weighting.ts";
export type { ShrunkDiscrimination } from "./weighting/shrunk-discrimination.ts";
export { shrunkDiscrimination } from "./weighting/shrunk-discrimination.ts";
