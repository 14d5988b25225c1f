import type { Policy } from "@quorate/core";
import type { Difference } from "../statistics/group-difference.ts";
import type { Interval } from "../statistics/interval.ts";

/** A mean over the questions where the quantity is known. */
export interface KnownMean {
  readonly mean: number;
  readonly questions: number;
}

/** A mean that depends on how often the prompt is paid for. */
export interface PromptMean {
  /** One request carries a wave, or as many of its samples as a request may: the prompt is paid once a request. */
  readonly shared: number;
  /** Every sample is a request of its own. */
  readonly apart: number;
  readonly questions: number;
}

export interface TimeScore {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
  readonly questions: number;
}

/** Policy − baseline, question by question; `a` is the baseline, `b` the policy. */
export interface BaselineDifference {
  readonly accuracy?: Difference;
  readonly agreement: Difference;
  readonly samples: Difference;
}

/** How one policy did on a trace: means over all questions and permutations. Intervals are 95 %, over groups of questions. */
export interface PolicyScore {
  /** The policy's name. */
  readonly policy: string;
  /** As it was replayed: a signal that stands in for another is named here. */
  readonly definition: Policy;
  /** Share of right answers, null answers being wrong; absent when no question has a gold answer. */
  readonly accuracy?: number;
  readonly accuracyInterval?: Interval;
  /** Share of answers that equal those of the full vote on the same samples in the same order. */
  readonly agreement: number;
  readonly agreementInterval?: Interval;
  /** Samples that counted, abstentions included. */
  readonly meanSamples: number;
  readonly samplesInterval?: Interval;
  readonly medianSamples: number;
  readonly p95Samples: number;
  readonly meanRounds: number;
  /** Of the waves; as many as rounds where one request carries a wave. */
  readonly meanRequests: number;
  readonly meanAbstentions: number;
  /** Share of replays that stopped before the full vote. */
  readonly earlyStops: number;
  /** Share of replays that stopped before the full vote on another answer than the full vote's. */
  readonly wrongModeStops: number;
  /** How often each reason ended a question, most frequent first. */
  readonly stopReasons: Readonly<Record<string, number>>;
  /** How many replays took how many samples, fewest samples first. */
  readonly samplesHistogram: readonly { readonly samples: number; readonly replays: number }[];
  /** Generated tokens a question; absent where the trace has none. */
  readonly outputTokens?: KnownMean;
  /** Prompt tokens a question. */
  readonly inputTokens?: PromptMean;
  /** Dollars a question for generated tokens alone. */
  readonly outputUsd?: KnownMean;
  /** Dollars a question for prompts and generated tokens. */
  readonly totalUsd?: PromptMean;
  /** From the first launch of a question to its decision under the latency model. */
  readonly seconds?: TimeScore;
  /** Absent for the baseline itself. */
  readonly versusBaseline?: BaselineDifference;
}
