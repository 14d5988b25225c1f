import type { CalibratorSpec } from "@quorate/core";
import type { z } from "zod";
import type { RankedScores } from "../metrics/ranked-scores.ts";

/** How little data is too little. */
export interface DataNeeded {
  readonly scores: number;
  /** Right ones, and wrong ones. */
  readonly ofEachClass: number;
}

/** Ten of the rarer class for each fitted number (Peduzzi et al. 1996). */
export const perParameter = 10;

export interface CalibrationMethod<Name extends string = string> {
  readonly name: Name;
  readonly parameters: z.ZodObject;
  readonly needs: (parameters: never) => DataNeeded & { readonly scale: "any" | "probability" };
  readonly fit: (ranked: RankedScores, parameters: never) => CalibratorSpec;
}

/** `fit` meets enough data, and only probabilities where `needs` says so. */
export function defineMethod<const Name extends string, Parameters extends z.ZodObject>(method: {
  readonly name: Name;
  readonly parameters: Parameters;
  readonly needs: (parameters: z.infer<Parameters>) => DataNeeded & { readonly scale: "any" | "probability" };
  readonly fit: (ranked: RankedScores, parameters: z.infer<Parameters>) => CalibratorSpec;
}): CalibrationMethod<Name> {
  return method;
}
