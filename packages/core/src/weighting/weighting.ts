import type { z } from "zod";
import type { Answer } from "../answer.ts";

/** Smallest and largest weight of a vote; rules prove their `need` with them. */
export interface WeightRange {
  readonly min: number;
  readonly max: number;
}

/** A vote's weight follows from its own confidence alone. */
export interface SeparateWeighting {
  readonly kind: "separate";
  /** Bounds of `weigh`. */
  readonly range: WeightRange;
  /** @param confidence calibrated probability in [0,1] that the answer is right; absent when it could not be measured */
  weigh(confidence: number | undefined): number;
}

/** What a weighting sees of a vote. */
export interface WeighedVote {
  readonly answer: Answer;
  readonly confidence?: number;
}

/** Votes are weighed against each other: a further vote may change the weight of an earlier one. */
export interface JointWeighting {
  readonly kind: "joint";
  /** From so many votes on, a further one changes no earlier weight and weighs within the range. Absent: it always may. */
  readonly settles?: { readonly votes: number; readonly range: WeightRange };
  /** @returns the weight of each vote, at least 0, in the order of `votes` (which is launch order) */
  weighAll(votes: readonly WeighedVote[]): readonly number[];
}

/** From confidence to the weight of a vote. */
export type Weighting = SeparateWeighting | JointWeighting;

export interface WeightingContext {
  /** Confidences are scores from 0 up and no probabilities. Only where the definition says that it takes them. */
  readonly isRaw?: boolean;
  /** How many answers are possible, where the question says so. */
  readonly optionCount?: number;
}

/** A weighting as written in a policy. */
export interface WeightingSpec {
  readonly form: string;
  readonly [parameter: string]: unknown;
}

export interface WeightingDefinition {
  readonly name: string;
  readonly parameters: z.ZodObject;
  readonly needsConfidence: boolean;
  /** Reads the elicitor's own number: a calibrated one means something else. */
  readonly needsRawConfidence: boolean;
  /** Compares confidences with each other, so that they need not be probabilities. */
  readonly takesRawScores: boolean;
  readonly create: (spec: WeightingSpec, context: WeightingContext) => Weighting;
}

export function defineWeighting<Parameters extends z.ZodObject>(definition: {
  readonly name: string;
  readonly parameters: Parameters;
  readonly needsConfidence: boolean;
  readonly needsRawConfidence?: boolean;
  readonly takesRawScores?: boolean;
  readonly create: (parameters: z.infer<Parameters>, context: WeightingContext) => Weighting;
}): WeightingDefinition {
  return {
    ...definition,
    needsRawConfidence: definition.needsRawConfidence ?? false,
    takesRawScores: definition.takesRawScores ?? !definition.needsConfidence,
    create: ({ form: _, ...parameters }, context) => definition.create(parameters as z.infer<Parameters>, context),
  };
}
