import { z } from "zod";
import { interpolate } from "../numerics/interpolate.ts";
import { ascendingPoints, defineForm } from "./form.ts";

/** [score, probability], scores ascending; straight lines between, flat outside. What isotonic regression gives. */
export const table = defineForm({
  schema: z.strictObject({ form: z.literal("table"), points: ascendingPoints }),
  build:
    ({ points }) =>
    (score) =>
      interpolate(points, score),
});
