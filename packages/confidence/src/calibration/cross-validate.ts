import { buildCalibrator, QuorateError } from "@quorate/core";
import type { GradedScores } from "../metrics/graded-scores.ts";
import { metricsOf } from "../metrics/metrics-of.ts";
import { fitCalibratorSpec } from "./fit-calibrator.ts";
import type { CrossValidated, Judged } from "./fitted-calibrator.ts";
import type { CalibrationMethodName } from "./registry.ts";

export interface CrossValidationOptions {
  /** What errs together, by score, numbered from 0 without gaps. */
  readonly groups: Uint32Array;
  /** @default 5 */
  readonly folds?: number;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const judgedBy = ["ece", "brier", "nll", "auroc"] as const;

/**
 * What a method of calibration does to scores that it has not seen: every group of questions is judged by a fit on the other
 * folds, and never split, since the samples of one question err together.
 *
 * @throws QuorateError `bad-input` for too few groups, or too little data outside a fold
 */
export function crossValidateCalibrator(
  method: CalibrationMethodName,
  { scores, isRight }: Pick<GradedScores, "scores" | "isRight">,
  { groups, folds = 5, parameters = {} }: CrossValidationOptions,
): CrossValidated {
  const groupCount = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  if (groupCount < 2 * folds) {
    throw new QuorateError({
      code: "bad-input",
      what: "There are too few questions to judge a calibrator on those left out.",
      seen: `${groupCount} groups of questions for ${folds} folds`,
      expected: `at least ${2 * folds}`,
      hint: "Record more questions: many samples of few are little data.",
    });
  }
  const calibrated = new Float64Array(scores.length);
  for (let fold = 0; fold < folds; fold += 1) {
    // Neighbours in a recording are often of one kind: dealing groups out in turn mixes them, without a draw.
    const others = (_: number, place: number) => groups[place]! % folds !== fold;
    const spec = fitCalibratorSpec(
      method,
      { scores: scores.filter(others), isRight: isRight.filter(others) },
      parameters,
    );
    const calibrate = buildCalibrator(spec);
    scores.forEach((score, place) => {
      if (groups[place]! % folds === fold) calibrated[place] = calibrate(score);
    });
  }
  return {
    folds,
    groups: groupCount,
    before: judged({ scores, isRight }),
    after: judged({ scores: calibrated, isRight }),
  };
}

/** Expected calibration error, Brier score, log-loss and AUROC, as far as the scores have them. */
export function judged(scores: Pick<GradedScores, "scores" | "isRight">): Judged {
  const found = Object.entries(metricsOf(scores, judgedBy)).filter(([, value]) => typeof value === "number");
  return Object.fromEntries(found);
}
