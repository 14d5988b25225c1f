import { z } from "zod";
import { pointsSchema } from "../numerics/interpolate.ts";

/** From a raw score to a calibrated probability that the answer is right. */
export type Calibrator = (score: number) => number;

/** One way to write a calibrator down. */
export interface CalibratorForm<Schema extends z.ZodObject> {
  readonly schema: Schema;
  readonly build: (spec: z.infer<Schema>) => Calibrator;
}

export function defineForm<Schema extends z.ZodObject>(form: CalibratorForm<Schema>): CalibratorForm<Schema> {
  return form;
}

const unitInterval = z.number().min(0).max(1);

/** Scores nearer than this to 0 or 1 count as this near where log-odds are taken: a stated 100 % must stay finite. */
export const clip = z.number().gt(0).lt(0.5).default(1e-6);

/** A line of [score, probability] whose scores ascend. */
export const ascendingPoints = pointsSchema(unitInterval);

/** How many of the ascending scores are below `score`; with `orEqual` those that equal it are counted too. */
export function countBelow(points: readonly (readonly [number, number])[], score: number, orEqual: boolean): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = points[middle]![0];
    if (at < score || (orEqual && at === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}
