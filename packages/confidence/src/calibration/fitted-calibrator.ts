import { calibratorSpecSchema, fittedOnSchema } from "@quorate/core";
import { z } from "zod";
import { parseDocument } from "./parse-document.ts";

const judgedSchema = z.strictObject({
  ece: z.number().optional(),
  brier: z.number().optional(),
  nll: z.number().optional(),
  auroc: z.number().optional(),
});

/** Figures of a confidence; absent where a metric has no value. */
export type Judged = z.infer<typeof judgedSchema>;

/** Each group of questions judged by a fit on the others. */
const crossValidatedSchema = z.strictObject({
  folds: z.int().min(2),
  groups: z.int().min(2),
  before: judgedSchema,
  after: judgedSchema,
});

export type CrossValidated = z.infer<typeof crossValidatedSchema>;

/** A calibrator with where it comes from, as a file of its own. */
const fittedCalibratorSchema = z.strictObject({
  version: z.literal(1),
  method: z.string().min(1),
  /** The elicitor whose scores it reads; absent where nobody said. */
  signal: z.string().min(1).optional(),
  calibrator: calibratorSpecSchema,
  crossValidated: crossValidatedSchema.optional(),
  fittedOn: fittedOnSchema,
});

export type FittedCalibrator = z.infer<typeof fittedCalibratorSchema>;

/** @throws QuorateError `bad-input` naming each wrong field */
export function parseFittedCalibrator(input: unknown): FittedCalibrator {
  return parseDocument(fittedCalibratorSchema, input, "calibrator");
}
