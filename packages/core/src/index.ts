export type { Allocator, OpenVote } from "./allocation/allocator.ts";
export { allocatorNamed, allocators } from "./allocation/allocator.ts";
export type { Grant } from "./allocation/wave-queue.ts";
export { WaveQueue } from "./allocation/wave-queue.ts";
export type { AbstentionReason, Answer, AnswerDistribution, AnswerKind, Extraction } from "./answer.ts";
export { answerKinds } from "./answer.ts";
export type { Calibrator } from "./calibration/form.ts";
export type { CalibratorSpec } from "./calibration/registry.ts";
export { buildCalibrator, calibratorSpecSchema } from "./calibration/registry.ts";
export type { DecisionConfidence } from "./decision-confidence/decision-confidence.ts";
export { decisionConfidenceOf, decisionConfidenceSchema } from "./decision-confidence/decision-confidence.ts";
export type { DecidedVote } from "./decision-confidence/features.ts";
export {
  decisionFeatures,
  decisionFeaturesOf,
  leaderConfidence,
  meanConfidenceOf,
} from "./decision-confidence/features.ts";
export type { FitSource } from "./decision-confidence/fitted-on.ts";
export { fitSourceSchema, fittedOnSchema } from "./decision-confidence/fitted-on.ts";
export type { Features, RidgeModel } from "./decision-confidence/ridge-model.ts";
export { applyRidgeModel, ridgeModelSchema } from "./decision-confidence/ridge-model.ts";
export type { ErrorCode, ErrorDetails } from "./errors.ts";
export { isQuorateError, QuorateError } from "./errors.ts";
export type { FollowUp, FollowUpGap } from "./follow-up.ts";
export { followUpGaps } from "./follow-up.ts";
export type { Account } from "./money/account.ts";
export { leftUsd, openAccount, presume, release, reserve, settle } from "./money/account.ts";
export type { KnownOrUnknown, Usd } from "./money/usd.ts";
export { roundingUsd } from "./money/usd.ts";
export { betaTail } from "./numerics/beta-tail.ts";
export { clippedLogit, logistic } from "./numerics/logistic.ts";
export { normalQuantile } from "./numerics/normal-quantile.ts";
export { quantileOf } from "./numerics/quantile.ts";
export { requireAnswerCount } from "./policy/answer-count.ts";
export type { CompiledPolicy } from "./policy/compile.ts";
export { compilePolicy } from "./policy/compile.ts";
export { fullVoteOf } from "./policy/full-vote.ts";
export { presetNamed, presets } from "./policy/presets.ts";
export type { Policy } from "./policy/schema.ts";
export { parsePolicy, policySchema } from "./policy/schema.ts";
export { setParameter } from "./policy/set.ts";
export type { Risk, Tuned, TuningMethod } from "./policy/tuned.ts";
export { risks, tuningMethods } from "./policy/tuned.ts";
export { hasValue, withValue } from "./policy/with-value.ts";
export type { Message, Question, Role } from "./question.ts";
export type { Step } from "./reducer/advance.ts";
export { advance } from "./reducer/advance.ts";
export type { Decision, Limit, VoteCount } from "./reducer/decision.ts";
export type { Audit, DecisionRecord, FollowUpCounts } from "./reducer/decision-record.ts";
export type { Ballot, QuestionCommand, QuestionEvent } from "./reducer/events.ts";
export type { QuestionLimits, QuestionState } from "./reducer/state.ts";
export { openQuestion } from "./reducer/state.ts";
export type { FinishReason, Sample, TokenLogprob, Usage } from "./sample.ts";
export { addUsage } from "./sample.ts";
export type { Reading, Shown, SignalKind, SignalRange, Signals } from "./signal.ts";
export { signalKindOrder, signalRange } from "./signal.ts";
export { buildRule, needsOf, ruleDefinitions, ruleNamed, welcomesConfidence } from "./stopping/registry.ts";
export type {
  Certificate,
  CountedSample,
  RuleContext,
  RuleDefinition,
  RuleSpec,
  StoppingRule,
  Verdict,
} from "./stopping/rule.ts";
export { certificates } from "./stopping/rule.ts";
export type { Sweep } from "./stopping/sweep.ts";
export { Tally } from "./tally/tally.ts";
export type { Standing, TopTwo } from "./tally/top-two.ts";
export { buildWeighting, weightingDefinitions } from "./weighting/registry.ts";
export type {
  JointWeighting,
  SeparateWeighting,
  WeighedVote,
  Weighting,
  WeightingDefinition,
  WeightingSpec,
} from "./weighting/weighting.ts";
