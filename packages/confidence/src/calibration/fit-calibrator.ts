import type { FitSource } from "@quorate/core";
import { type CalibratorSpec, QuorateError } from "@quorate/core";
import type { GradedScores } from "../metrics/graded-scores.ts";
import { type RankedScores, rankScores } from "../metrics/ranked-scores.ts";
import type { FittedCalibrator } from "./fitted-calibrator.ts";
import type { CalibrationMethod } from "./method.ts";
import { type CalibrationMethodName, methodNamed } from "./registry.ts";
import { refuseTooLittle } from "./too-little.ts";

/** `parameters` of the method, where they are not its defaults. */
export interface FitOptions extends FitSource {
  /** The elicitor that the scores come from: kept with the fit. */
  readonly signal?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/**
 * Fits a calibrator to graded scores, and says what it was fitted on. Its `calibrator` is what a policy takes.
 *
 * @throws QuorateError `bad-input` for too little data or scores that the method cannot read, `bad-option` for parameters
 */
export function fitCalibrator(
  method: CalibrationMethodName,
  scores: Pick<GradedScores, "scores" | "isRight">,
  { parameters = {}, signal, file, digest, date }: FitOptions,
): FittedCalibrator {
  const ranked = rankScores(scores);
  return {
    version: 1,
    method,
    ...(signal !== undefined && { signal }),
    calibrator: specOf(method, ranked, parameters),
    fittedOn: { file, digest, date, count: ranked.count, right: ranked.rightCount },
  };
}

/** The calibrator alone, for a caller that keeps its origin elsewhere. @throws as `fitCalibrator` */
export function fitCalibratorSpec(
  method: CalibrationMethodName,
  scores: Pick<GradedScores, "scores" | "isRight">,
  parameters: Readonly<Record<string, unknown>> = {},
): CalibratorSpec {
  return specOf(method, rankScores(scores), parameters);
}

function specOf(name: CalibrationMethodName, ranked: RankedScores, parameters: object): CalibratorSpec {
  const method = methodNamed(name)!;
  const parsed = parametersOf(method, parameters);
  const needed = method.needs(parsed);
  refuseTooLittle(`a calibrator by ${name}`, needed, ranked.rightCount, ranked.count);
  const [low, high] = [ranked.scores[0]!, ranked.scores[ranked.scores.length - 1]!];
  if (needed.scale === "probability" && (low < 0 || high > 1)) {
    throw new QuorateError({
      code: "bad-input",
      what: `Calibration by ${name} reads probabilities.`,
      seen: low < 0 ? low : high,
      expected: "scores in [0,1]",
      hint: "For scores on another scale take isotonic, or platt with `on: score`.",
    });
  }
  return method.fit(ranked, parsed);
}

function parametersOf(method: CalibrationMethod, parameters: object): never {
  const parsed = method.parameters.safeParse(parameters);
  if (parsed.success) return parsed.data as never;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "parameters"}: ${message}`);
  throw new QuorateError({ code: "bad-option", what: `Calibration by ${method.name}: ${problems.join("; ")}.` });
}
