import { buildCalibrator, calibratorSpecSchema } from "@quorate/core";
import { z } from "zod";
import { fittedOnSchema } from "../calibration/fitted-on.ts";
import { parseDocument } from "../calibration/parse-document.ts";
import { applyRidgeModel, ridgeModelSchema } from "../numerics/ridge-model.ts";
import { type DecidedVote, featuresOf } from "./features.ts";

/** P(the decision is right) from the state of its vote, with where it comes from, as a file of its own. */
const decisionConfidenceSchema = z.strictObject({
  version: z.literal(1),
  method: z.literal("vote-state"),
  model: ridgeModelSchema,
  /** What the model's probability becomes. */
  calibrator: calibratorSpecSchema,
  /** Each group judged by a fit on the others. */
  crossValidated: z.strictObject({
    folds: z.int().min(2),
    groups: z.int().min(2),
    ece: z.number(),
    brier: z.number(),
    auroc: z.number(),
  }),
  fittedOn: fittedOnSchema,
});

export type DecisionConfidence = z.infer<typeof decisionConfidenceSchema>;

/** @throws QuorateError `bad-input` naming each wrong field */
export function parseDecisionConfidence(input: unknown): DecisionConfidence {
  return parseDocument(decisionConfidenceSchema, input, "decision confidence");
}

/** Built once, asked for every decision. Undefined without an answer, or without a confidence that the fit always had. */
export function decisionConfidenceOf({
  model,
  calibrator,
}: DecisionConfidence): (decision: DecidedVote) => number | undefined {
  const calibrate = buildCalibrator(calibrator);
  return (decision) => {
    const features = featuresOf(decision);
    const probability = features === undefined ? undefined : applyRidgeModel(model, features);
    return probability === undefined ? undefined : calibrate(probability);
  };
}
