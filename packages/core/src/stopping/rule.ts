import type { z } from "zod";
import type { Answer, AnswerDistribution } from "../answer.ts";
import type { Tally } from "../tally/tally.ts";
import type { WeightRange } from "../weighting/weighting.ts";
import type { Sweep } from "./sweep.ts";

/**
 * The promise that comes with a decision, weakest first:
 * `heuristic`: none in numbers. `predictive`: probable under a model of the votes. `conformal`, `risk-controlled`: from how
 * the policy was tuned. `anytime`: an error bound that holds however often one looks. `curtailed`: the full budget could not
 * change the answer.
 */
export const certificates = [
  "heuristic",
  "predictive",
  "conformal",
  "risk-controlled",
  "anytime",
  "curtailed",
] as const;
export type Certificate = (typeof certificates)[number];

/** What a rule says. `need` is at least 1 and never more than the true number of further samples before it could stop. */
export type Verdict =
  | {
      readonly stop: true;
      readonly answer: Answer;
      /** Name of the rule that stopped. */
      readonly reason: string;
      readonly certificate: Certificate;
      /** Calibrated confidence of the sample that decided, where a single one did. */
      readonly confidence?: number;
    }
  | { readonly stop: false; readonly need: number };

export interface RuleContext {
  /** Samples of the full vote, at least 1. */
  readonly maxSamples: number;
  /** Smallest and largest weight that a vote can have. */
  readonly weightRange: WeightRange;
  /** The weight of an earlier vote may still change: nothing can be proven from the sums of weights so far. */
  readonly weightsShift: boolean;
  /** From so many votes on it changes no more, where weights shift only up to a point. */
  readonly weightsSettleAt?: number;
  /** How many answers are possible, where the question says so. */
  readonly optionCount?: number;
  /** Whether votes carry a calibrated confidence. */
  readonly calibrated: boolean;
}

/** How many votes it takes until none of their weights can change: none, or more than there will ever be. */
export function votesToSettledWeights({ weightsShift, weightsSettleAt }: RuleContext): number {
  return weightsShift ? (weightsSettleAt ?? Number.POSITIVE_INFINITY) : 0;
}

/** A sample as it counts: a vote or an abstention. */
export type CountedSample =
  | {
      readonly kind: "vote";
      readonly answer: Answer;
      readonly weight: number;
      readonly confidence?: number;
      readonly distribution?: AnswerDistribution;
    }
  | { readonly kind: "abstention" };

/**
 * When to stop. Samples are observed in launch order; `tally` already holds the observed one. Implementations are pure:
 * a state is never changed, only replaced.
 */
export interface StoppingRule<State> {
  init(context: RuleContext): State;
  observe(state: State, sample: CountedSample, tally: Tally): State;
  /** @param left samples that may still be drawn; at 0 a rule that does not stop leaves the answer to the weighted vote */
  verdict(state: State, tally: Tally, left: number): Verdict;
}

/** A rule as written in a policy: its name and its parameters. */
export interface RuleSpec {
  readonly rule: string;
  readonly [parameter: string]: unknown;
}

/** What a rule needs from the samples, or to know of the question. */
export type RuleNeed = "confidence" | "non-negative weights" | "answer count";

/** One line in the registry. `create` gets parameters that the schema has accepted. */
export interface RuleDefinition {
  readonly name: string;
  /** `member` is the schema of a whole rule, for rules that combine others. */
  readonly parameters: (member: z.ZodType<RuleSpec>) => z.ZodType<Record<string, unknown>>;
  readonly needs: (spec: RuleSpec) => readonly RuleNeed[];
  /** Works without a confidence, and better with one. */
  readonly welcomesConfidence: boolean;
  /** Rules that this one combines. */
  readonly members: (spec: RuleSpec) => readonly RuleSpec[];
  /** Absent where no parameter makes the rule stricter. */
  readonly sweep?: Sweep;
  readonly create: (spec: RuleSpec, build: (member: RuleSpec) => StoppingRule<unknown>) => StoppingRule<unknown>;
}

/** Ties parameter schema, parameters and state together, and hides them from the registry. */
export function defineRule<Parameters extends z.ZodType<Record<string, unknown>>, State>(definition: {
  readonly name: string;
  readonly parameters: (member: z.ZodType<RuleSpec>) => Parameters;
  readonly needs?: (parameters: z.infer<Parameters>) => readonly RuleNeed[];
  readonly welcomesConfidence?: boolean;
  readonly members?: (parameters: z.infer<Parameters>) => readonly RuleSpec[];
  readonly sweep?: Sweep & { readonly parameter: keyof z.infer<Parameters> };
  readonly create: (
    parameters: z.infer<Parameters>,
    build: (member: RuleSpec) => StoppingRule<unknown>,
  ) => StoppingRule<State>;
}): RuleDefinition {
  const parametersOf = ({ rule: _, ...parameters }: RuleSpec) => parameters as z.infer<Parameters>;
  return {
    name: definition.name,
    parameters: definition.parameters,
    needs: (spec) => definition.needs?.(parametersOf(spec)) ?? [],
    welcomesConfidence: definition.welcomesConfidence ?? false,
    members: (spec) => definition.members?.(parametersOf(spec)) ?? [],
    ...(definition.sweep !== undefined && { sweep: definition.sweep }),
    create: (spec, build) => definition.create(parametersOf(spec), build) as StoppingRule<unknown>,
  };
}

/** Verdicts that say nothing but how many are needed are shared: rules are asked a million times in a replay. */
const goOn: Verdict[] = [];

/** The verdict of a rule that cannot stop before so many further samples, or before the budget ends. */
export function notBefore(need: number, left: number): Verdict {
  const count = Math.max(1, Math.min(need, left));
  let verdict = goOn[count];
  if (verdict === undefined) {
    verdict = { stop: false, need: count };
    if (count < 10_000) goOn[count] = verdict;
  }
  return verdict;
}
