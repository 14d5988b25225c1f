import { z } from "zod";
import { interpolate, pointsSchema } from "../numerics/interpolate.ts";

/** From a raw score to a calibrated probability that the answer is right. */
export type Calibrator = (score: number) => number;

const unitInterval = z.number().min(0).max(1);

/** How raw scores become confidence: as they are, or along a table of points. Fitted calibrators are saved as tables. */
export const calibratorSpecSchema = z.discriminatedUnion("form", [
  z.strictObject({ form: z.literal("identity") }),
  z.strictObject({
    form: z.literal("table"),
    /** [score, probability], scores ascending; straight lines between, flat outside. */
    points: pointsSchema(unitInterval),
  }),
]);

export type CalibratorSpec = z.infer<typeof calibratorSpecSchema>;

export function buildCalibrator(spec: CalibratorSpec): Calibrator {
  return spec.form === "identity" ? identity : (score) => interpolate(spec.points, score);
}

const identity: Calibrator = (score) => Math.min(1, Math.max(0, score));
