import type { ModelPrice } from "@quorate/providers";
import type { Curve } from "../matched/curve.ts";
import type { Interval } from "../statistics/interval.ts";
import type { SkippedPolicy } from "./fitted-policies.ts";
import type { HardQuestion } from "./hardest-questions.ts";
import type { LatencyModel } from "./latency-model.ts";
import type { PolicyScore } from "./policy-score.ts";

/** All samples of every question, in the same orders: what policies are held against. */
export interface FullVoteScore {
  /** Absent when no question has a gold answer. */
  readonly accuracy?: number;
  readonly accuracyInterval?: Interval;
  readonly meanSamples: number;
}

/** Policies side by side: the same recorded samples in the same orders for all of them. Plain data, as `--out` keeps it. */
export interface Evaluation {
  readonly file: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly digest?: string;
  readonly questions: number;
  readonly permutations: number;
  readonly maxSamples: number;
  readonly seed: string | number;
  /** Samples that one request may carry; absent: any number. */
  readonly samplesPerRequest?: number;
  /** Questions with a gold answer. */
  readonly graded: number;
  /** The model whose prices make the dollars. */
  readonly priced?: { readonly model: string; readonly price: ModelPrice | "unknown" };
  readonly latency?: LatencyModel;
  /** Absent without questions. */
  readonly fullVote?: FullVoteScore;
  /** The policy that the others' differences are against. */
  readonly baseline?: string;
  /** What a person should know before comparing: signals that stand in, questions that are short of samples. */
  readonly notes: readonly string[];
  readonly policies: readonly PolicyScore[];
  /** Where a matched comparison was asked for: one for each policy with a parameter to sweep. */
  readonly curves?: readonly Curve[];
  /** Questions where the policies left the full vote most often, then those that took most samples. */
  readonly hardest: readonly HardQuestion[];
  /** Policies that cannot work on this trace. */
  readonly skipped: readonly SkippedPolicy[];
}
