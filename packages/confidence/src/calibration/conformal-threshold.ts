import { type FitSource, fittedOnSchema, QuorateError } from "@quorate/core";
import { z } from "zod";
import type { GradedScores } from "../metrics/graded-scores.ts";
import { parseDocument } from "./parse-document.ts";

/** A threshold on confidence with its promise, as a file of its own. */
const conformalThresholdSchema = z.strictObject({
  version: z.literal(1),
  method: z.literal("split-conformal"),
  /**
   * `right`: of right answers at most a share α is turned away, and confidence ≥ threshold is kept. `wrong`: of wrong
   * answers at most a share α is let in, and confidence > threshold is let in.
   */
  guards: z.enum(["right", "wrong"]),
  alpha: z.number().gt(0).lt(1),
  threshold: z.number(),
  fittedOn: fittedOnSchema,
});

export type ConformalThreshold = z.infer<typeof conformalThresholdSchema>;

/** @throws QuorateError `bad-input` naming each wrong field */
export function parseConformalThreshold(input: unknown): ConformalThreshold {
  return parseDocument(conformalThresholdSchema, input, "conformal threshold");
}

export interface ConformalOptions extends FitSource {
  readonly guards: ConformalThreshold["guards"];
  /** Share of the guarded answers that may fall on the wrong side, in (0,1). */
  readonly alpha: number;
}

/**
 * Split conformal (Vovk et al. 2005) for one class: among n + 1 exchangeable scores of it, a new one is as likely to have
 * any rank. So it lies below the ⌊α(n + 1)⌋-th smallest of n with probability at most α, and likewise above the largest.
 * On average over calibration sets; for answers drawn alike; one per question, since those of one question are not.
 *
 * @throws QuorateError `bad-input` where n is below 1/α − 1: no threshold could promise that
 */
export function fitConformalThreshold(
  { scores, isRight }: Pick<GradedScores, "scores" | "isRight">,
  { guards, alpha, file, digest, date }: ConformalOptions,
): ConformalThreshold {
  if (!(alpha > 0 && alpha < 1)) {
    throw new QuorateError({ code: "bad-option", what: "`alpha` is out of range.", seen: alpha, expected: "in (0,1)" });
  }
  const right = isRight.reduce((sum, one) => sum + one, 0);
  const guarded = scores.filter((_, place) => isRight[place] === (guards === "right" ? 1 : 0)).sort();
  const misses = Math.floor(alpha * (guarded.length + 1));
  if (misses < 1) {
    throw new QuorateError({
      code: "bad-input",
      what: `There is too little data for a conformal threshold at ${alpha}.`,
      seen: `${guarded.length} ${guards} answers`,
      expected: `at least ${Math.ceil(1 / alpha - 1)}`,
    });
  }
  return {
    version: 1,
    method: "split-conformal",
    guards,
    alpha,
    threshold: guarded[guards === "right" ? misses - 1 : guarded.length - misses]!,
    fittedOn: { file, digest, date, count: scores.length, right },
  };
}

/** Whether an answer of this confidence is kept (`right`) or let in (`wrong`). */
export function passes({ guards, threshold }: ConformalThreshold, confidence: number): boolean {
  return guards === "right" ? confidence >= threshold : confidence > threshold;
}
