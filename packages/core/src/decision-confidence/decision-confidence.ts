import { z } from "zod";
import { buildCalibrator, calibratorSpecSchema } from "../calibration/registry.ts";
import { type DecidedVote, decisionFeaturesOf } from "./features.ts";
import { fittedOnSchema } from "./fitted-on.ts";
import { applyRidgeModel, ridgeModelSchema } from "./ridge-model.ts";

/**
 * P(the decision is right) from the state of its vote, with where it comes from: a file of its own, or a part of the policy
 * whose decisions it was fitted to. Fitted by `@quorate/confidence`.
 */
export const decisionConfidenceSchema = z.strictObject({
  version: z.literal(1),
  method: z.literal("vote-state"),
  model: ridgeModelSchema,
  /** What the model's probability becomes. */
  calibrator: calibratorSpecSchema,
  /** Whose decisions it was fitted to, and of how many samples their full vote was; absent where nobody said. */
  fittedFor: z.strictObject({ policy: z.string().min(1), maxSamples: z.int().min(1) }).optional(),
  /** Each group judged by a fit on the others. */
  crossValidated: z.strictObject({
    folds: z.int().min(2),
    groups: z.int().min(2),
    ece: z.number(),
    brier: z.number(),
    nll: z.number().optional(),
    auroc: z.number(),
  }),
  fittedOn: fittedOnSchema,
});

export type DecisionConfidence = z.infer<typeof decisionConfidenceSchema>;

/** Built once, asked for every decision. Undefined without an answer, or without a confidence that the fit always had. */
export function decisionConfidenceOf({
  model,
  calibrator,
}: Pick<DecisionConfidence, "model" | "calibrator">): (decision: DecidedVote) => number | undefined {
  const calibrate = buildCalibrator(calibrator);
  return (decision) => {
    const features = decisionFeaturesOf(decision);
    const probability = features === undefined ? undefined : applyRidgeModel(model, features);
    return probability === undefined ? undefined : calibrate(probability);
  };
}
