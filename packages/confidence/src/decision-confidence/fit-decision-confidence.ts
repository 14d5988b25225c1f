import {
  applyRidgeModel,
  buildCalibrator,
  type CalibratorSpec,
  type DecidedVote,
  type DecisionConfidence,
  decisionFeatures,
  decisionFeaturesOf,
  type FitSource,
  leaderConfidence,
  QuorateError,
} from "@quorate/core";
import { fitCalibratorSpec } from "../calibration/fit-calibrator.ts";
import { perParameter } from "../calibration/method.ts";
import { refuseTooLittle } from "../calibration/too-little.ts";
import type { GradedScores } from "../metrics/graded-scores.ts";
import { metricsOf } from "../metrics/metrics-of.ts";
import { type FeatureRow, fitRidgeModel, parameterCount } from "../numerics/ridge-model.ts";

/** A decision of a replay, and whether it was right. */
export interface GradedDecision {
  readonly decision: DecidedVote;
  readonly isRight: boolean;
  /** What errs together, numbered from 0 without gaps: all decisions on one question, and questions that share a source. */
  readonly group: number;
}

export interface DecisionFitOptions extends FitSource {
  /** @default 5 */
  readonly folds?: number;
  /** The one with the least log-loss on groups left out is taken. @default 0.1, 1, 10, 100 */
  readonly ridges?: readonly number[];
  /** Whose decisions these are, and of how many samples their full vote was: kept with the fit. */
  readonly fittedFor?: NonNullable<DecisionConfidence["fittedFor"]>;
  /** Bends the model's probability by isotonic regression, fitted on groups left out. @default false */
  readonly isotonic?: boolean;
}

/** Right and wrong decisions are both there: all have a value. */
type Figures = Readonly<Record<"ece" | "brier" | "nll" | "auroc", number>>;

interface GroupedRow extends FeatureRow {
  readonly fold: number;
}

/**
 * Fits P(right) to the state of the vote, on decisions replayed from graded recordings. Groups are never split between
 * fitting and judging: decisions on one question share its samples. Decisions without an answer are left out.
 *
 * @throws QuorateError `bad-input` for too little data
 */
export function fitDecisionConfidence(
  decisions: readonly GradedDecision[],
  { folds = 5, ridges = [0.1, 1, 10, 100], isotonic = false, fittedFor, file, digest, date }: DecisionFitOptions,
): DecisionConfidence {
  const groups = decisions.reduce((count, { group }) => Math.max(count, group + 1), 0);
  const rows = decisions.flatMap(({ decision, isRight, group }): GroupedRow[] => {
    const features = decisionFeaturesOf(decision);
    // Neighbours in a recording are often of one kind: dealing groups out in turn mixes them, without a draw.
    return features === undefined ? [] : [{ features, isRight, fold: group % folds }];
  });
  const names = namesFor(rows);
  refuse(rows, names, groups, folds);

  const judged = ridges.map((ridge) => ({ ridge, leftOut: predictLeftOut(rows, names, ridge, folds) }));
  const best = judged.reduce((a, b) => (lossOf(b.leftOut) < lossOf(a.leftOut) ? b : a));
  const calibrated = isotonic ? calibratedLeftOut(best.leftOut, rows, folds) : best.leftOut;
  const { ece, brier, nll, auroc } = metricsOf(calibrated, ["ece", "brier", "nll", "auroc"]) as Figures;
  return {
    version: 1,
    method: "vote-state",
    model: fitRidgeModel(rows, names, best.ridge),
    calibrator: isotonic ? fitCalibratorSpec("isotonic", best.leftOut) : { form: "identity" },
    ...(fittedFor !== undefined && { fittedFor }),
    crossValidated: { folds, groups, ece, brier, nll, auroc },
    fittedOn: { file, digest, date, count: rows.length, right: rows.filter(({ isRight }) => isRight).length },
  };
}

function namesFor(rows: readonly FeatureRow[]): string[] {
  const isConfident = rows.some(({ features }) => features[leaderConfidence] !== undefined);
  return isConfident ? [...decisionFeatures, leaderConfidence] : [...decisionFeatures];
}

/** Each row's probability by a model that has not seen its fold. */
function predictLeftOut(
  rows: readonly GroupedRow[],
  names: readonly string[],
  ridge: number,
  folds: number,
): GradedScores {
  const scores = new Float64Array(rows.length);
  for (let fold = 0; fold < folds; fold += 1) {
    const model = fitRidgeModel(
      rows.filter((row) => row.fold !== fold),
      names,
      ridge,
    );
    rows.forEach((row, place) => {
      // A confidence that only this fold's rows miss counts as average.
      if (row.fold === fold) scores[place] = applyRidgeModel(withMissing(model), row.features)!;
    });
  }
  return { scores, isRight: Uint8Array.from(rows, ({ isRight }) => (isRight ? 1 : 0)) };
}

function withMissing(model: ReturnType<typeof fitRidgeModel>): typeof model {
  return { ...model, features: model.features.map((feature) => ({ missing: 0, ...feature })) };
}

/** As above, for the isotonic step. */
function calibratedLeftOut(
  { scores, isRight }: GradedScores,
  rows: readonly GroupedRow[],
  folds: number,
): GradedScores {
  const fitted = Array.from({ length: folds }, (_, fold): CalibratorSpec => {
    const others = (_: number, place: number) => rows[place]!.fold !== fold;
    return fitCalibratorSpec("isotonic", { scores: scores.filter(others), isRight: isRight.filter(others) });
  });
  const calibrators = fitted.map(buildCalibrator);
  return { isRight, scores: scores.map((score, place) => calibrators[rows[place]!.fold]!(score)) };
}

function lossOf(scores: GradedScores): number {
  return metricsOf(scores, ["nll"]).nll as number;
}

function refuse(rows: readonly GroupedRow[], names: readonly string[], groups: number, folds: number): void {
  const least = perParameter * parameterCount(rows, names);
  const right = rows.filter(({ isRight }) => isRight).length;
  refuseTooLittle("a decision confidence", { scores: 2 * least, ofEachClass: least }, right, rows.length);
  // Decisions on one question are alike: many orders of few questions are little data.
  const groupsNeeded = Math.max(2 * folds, least);
  const isWhole = (fold: number) =>
    [true, false].every((isRight) => rows.some((row) => row.fold !== fold && row.isRight === isRight));
  if (folds >= 2 && groups >= groupsNeeded && Array.from({ length: folds }, (_, fold) => fold).every(isWhole)) return;
  throw new QuorateError({
    code: "bad-input",
    what: "There are too few groups of questions to judge a decision confidence on those left out.",
    seen: `${groups} groups for ${folds} folds`,
    expected: `2 folds or more, ${groupsNeeded} groups or more, right and wrong decisions outside each fold`,
  });
}
