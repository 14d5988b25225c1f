import type { Interval } from "../statistics/interval.ts";

/** How one policy did on a trace: means over all questions and permutations. */
export interface PolicyScore {
  /** The policy's name. */
  readonly policy: string;
  /** Share of right answers, null answers being wrong; absent when no question has a gold answer. */
  readonly accuracy?: number;
  /** 95 %, by resampling questions (or the groups they share); absent with fewer than two. */
  readonly accuracyInterval?: Interval;
  /** Share of answers that equal those of the full vote on the same samples in the same order. */
  readonly agreement: number;
  /** Samples that counted, abstentions included. */
  readonly meanSamples: number;
  readonly samplesInterval?: Interval;
  readonly meanRounds: number;
  /** Of the waves; as many as rounds where one request carries a wave. */
  readonly meanRequests: number;
  readonly meanAbstentions: number;
  /** How often each reason ended a question, most frequent first. */
  readonly stopReasons: Readonly<Record<string, number>>;
}

export interface SkippedPolicy {
  readonly policy: string;
  readonly why: string;
}

/** Policies side by side: the same recorded samples in the same orders for all of them. */
export interface Evaluation {
  readonly file: string;
  readonly questions: number;
  readonly permutations: number;
  readonly maxSamples: number;
  readonly seed: string | number;
  /** What a person should know before comparing: signals that stand in, questions that are short of samples. */
  readonly notes: readonly string[];
  readonly policies: readonly PolicyScore[];
  /** Policies that cannot work on this trace. */
  readonly skipped: readonly SkippedPolicy[];
}
