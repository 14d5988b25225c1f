import { z } from "zod";

/** From a raw score to a calibrated probability that the answer is right. */
export type Calibrator = (score: number) => number;

const unitInterval = z.number().min(0).max(1);

/** How raw scores become confidence: as they are, or along a table of points. Fitted calibrators are saved as tables. */
export const calibratorSpecSchema = z.discriminatedUnion("form", [
  z.strictObject({ form: z.literal("identity") }),
  z.strictObject({
    form: z.literal("table"),
    /** [score, probability], scores ascending; straight lines between, flat outside. */
    points: z
      .array(z.tuple([z.number(), unitInterval]))
      .min(1)
      .refine((points) => points.every(([score], i) => i === 0 || score > points[i - 1]![0]), {
        message: "Scores of the table must ascend",
      }),
  }),
]);

export type CalibratorSpec = z.infer<typeof calibratorSpecSchema>;

export function buildCalibrator(spec: CalibratorSpec): Calibrator {
  return spec.form === "identity" ? identity : table(spec.points);
}

const identity: Calibrator = (score) => Math.min(1, Math.max(0, score));

function table(points: readonly (readonly [number, number])[]): Calibrator {
  return (score) => {
    let low = 0;
    let high = points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (points[middle]![0] <= score) low = middle + 1;
      else high = middle;
    }
    const before = points[low - 1];
    const after = points[low];
    if (before === undefined) return points[0]![1];
    if (after === undefined) return before[1];
    const way = (score - before[0]) / (after[0] - before[0]);
    return before[1] + way * (after[1] - before[1]);
  };
}
