import { z } from "zod";
import { logistic } from "../numerics/logistic.ts";

/** Named numbers; undefined where one could not be measured. */
export type Features = Readonly<Record<string, number | undefined>>;

/** A logistic regression on named features. The log-odds are intercept + Σ weight · (value − mean)/deviation. */
export const ridgeModelSchema = z.strictObject({
  ridge: z.number().positive(),
  intercept: z.number(),
  features: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        mean: z.number(),
        deviation: z.number().positive(),
        weight: z.number(),
        /** What stands for the feature where it is missing; absent where it never was, and then it must be there. */
        missing: z.number().optional(),
      }),
    )
    .min(1),
});

export type RidgeModel = z.infer<typeof ridgeModelSchema>;

/** Undefined where a feature is missing that never was when the model was fitted. */
export function applyRidgeModel({ intercept, features }: RidgeModel, values: Features): number | undefined {
  let logOdds = intercept;
  for (const { name, weight, missing, mean, deviation } of features) {
    const value = values[name];
    if (value !== undefined) logOdds += (weight * (value - mean)) / deviation;
    else if (missing !== undefined) logOdds += missing;
    else return undefined;
  }
  return logistic(logOdds);
}
