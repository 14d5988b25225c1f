import { applyRidgeModel, type Features, type FitSource, fittedOnSchema, ridgeModelSchema } from "@quorate/core";
import { z } from "zod";
import { type FeatureRow, fitRidgeModel, parameterCount } from "../numerics/ridge-model.ts";
import { perParameter } from "./method.ts";
import { parseDocument } from "./parse-document.ts";
import { refuseTooLittle } from "./too-little.ts";

/** One confidence from several signals, with where it comes from, as a file of its own. */
const signalCombinationSchema = z.strictObject({
  version: z.literal(1),
  method: z.literal("ridge-logistic"),
  model: ridgeModelSchema,
  fittedOn: fittedOnSchema,
});

export type SignalCombination = z.infer<typeof signalCombinationSchema>;

/** @throws QuorateError `bad-input` naming each wrong field */
export function parseSignalCombination(input: unknown): SignalCombination {
  return parseDocument(signalCombinationSchema, input, "combination of signals");
}

export interface CombinationOptions extends FitSource {
  /** Names of the features to use. */
  readonly features: readonly string[];
  /** @default 1 */
  readonly ridge?: number;
}

/**
 * A ridge logistic regression on named features of a sample: its signals, or anything made of them (their log-odds do
 * better than probabilities). Calibrated as far as log-odds are a sum of them.
 *
 * @throws QuorateError `bad-input` for too little data, or a feature that no row has
 */
export function fitSignalCombination(
  rows: readonly FeatureRow[],
  { features, ridge = 1, file, digest, date }: CombinationOptions,
): SignalCombination {
  const right = rows.filter(({ isRight }) => isRight).length;
  const least = perParameter * parameterCount(rows, features);
  refuseTooLittle("a combination of signals", { scores: 2 * least, ofEachClass: least }, right, rows.length);
  return {
    version: 1,
    method: "ridge-logistic",
    model: fitRidgeModel(rows, features, ridge),
    fittedOn: { file, digest, date, count: rows.length, right },
  };
}

/** The confidence; undefined where a feature is missing that never was when the combination was fitted. */
export function combineSignals({ model }: SignalCombination, features: Features): number | undefined {
  return applyRidgeModel(model, features);
}
