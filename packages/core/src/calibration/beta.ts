import { z } from "zod";
import { logistic } from "../numerics/logistic.ts";
import { clip, defineForm } from "./form.ts";

/**
 * σ(a · ln s − b · ln(1 − s) + intercept): beta calibration (Kull, Silva Filho & Flach 2017, eq. 3, their c the intercept).
 * a = b is Platt scaling of the logit; a = b = 1 and intercept 0 change nothing. Both are at least 0: never falling.
 */
export const beta = defineForm({
  schema: z.strictObject({
    form: z.literal("beta"),
    a: z.number().min(0),
    b: z.number().min(0),
    intercept: z.number(),
    clip,
  }),
  build:
    ({ a, b, intercept, clip }) =>
    (score) =>
      logistic(a * Math.log(Math.max(clip, score)) - b * Math.log(Math.max(clip, 1 - score)) + intercept),
});
