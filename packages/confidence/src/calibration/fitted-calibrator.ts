import { calibratorSpecSchema } from "@quorate/core";
import { z } from "zod";
import { fittedOnSchema } from "./fitted-on.ts";
import { parseDocument } from "./parse-document.ts";

/** A calibrator with where it comes from, as a file of its own. */
const fittedCalibratorSchema = z.strictObject({
  version: z.literal(1),
  method: z.string().min(1),
  calibrator: calibratorSpecSchema,
  fittedOn: fittedOnSchema,
});

export type FittedCalibrator = z.infer<typeof fittedCalibratorSchema>;

/** @throws QuorateError `bad-input` naming each wrong field */
export function parseFittedCalibrator(input: unknown): FittedCalibrator {
  return parseDocument(fittedCalibratorSchema, input, "calibrator");
}
