import { z } from "zod";

/** Points with rising x: straight lines between them, flat outside. */
export type Points = readonly (readonly [x: number, y: number])[];

/** @param y what the second coordinate may be */
export function pointsSchema(y: z.ZodNumber) {
  return z
    .array(z.tuple([z.number(), y]))
    .min(1)
    .refine((points) => points.every(([x], i) => i === 0 || x > points[i - 1]![0]), {
      message: "Scores must ascend",
    });
}

export function interpolate(points: Points, x: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]![0] <= x) low = middle + 1;
    else high = middle;
  }
  const before = points[low - 1];
  const after = points[low];
  if (before === undefined) return points[0]![1];
  if (after === undefined) return before[1];
  const way = (x - before[0]) / (after[0] - before[0]);
  return before[1] + way * (after[1] - before[1]);
}
