import type { Answer, FinishReason, FollowUpGap, Message, Question, Reading, TokenLogprob } from "@quorate/core";

/** One greedy reply is wanted. */
export interface Asking {
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /** So many of the likeliest tokens at each place, with their log-probabilities. */
  readonly topLogprobs?: number;
}

export interface Reply {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly tokens?: readonly TokenLogprob[];
}

/** How likely does each of these texts go on from here? */
export interface Scoring {
  /** If the last one is the assistant's, its turn goes on; else the assistant's turn begins. */
  readonly messages: readonly Message[];
  /** Begins the continuation; names of special tokens count as these tokens. */
  readonly prefix: string;
  readonly candidates: readonly string[];
}

/** Natural log-probability of each candidate, over the whole vocabulary. */
export type Scores = readonly Reading[];

type Failed = { readonly kind: "failed"; readonly detail: string };
export type Answered<Result> = { readonly kind: "answered"; readonly result: Result } | Failed;

/** One request that a follow-up may make. */
export type Call =
  | { readonly kind: "ask"; readonly asking: Asking }
  | { readonly kind: "score"; readonly scoring: Scoring };

/** What follow-ups of one question have in common. */
export interface Followed {
  readonly question: Question;
  /** What the model was sent for each sample. */
  readonly messages: readonly Message[];
  /** A longer response is shown from its end, so that hostile output cannot make a follow-up dear. */
  readonly mostResponseBytes: number;
}

/** A sample that casts a vote. */
export interface FollowedSample {
  readonly index: number;
  readonly answer: Answer;
  /** Absent in recordings that left it out. */
  readonly text?: string;
}

export interface FollowUpContext extends Followed {
  /** In launch order: all of this wave and of those before it. */
  readonly samples: readonly FollowedSample[];
  /** Of these, the ones of this wave. */
  readonly wave: readonly FollowedSample[];
  /** The same request is sent and paid once a question, however many samples ask for it. */
  ask(asking: Asking): Promise<Answered<Reply>>;
  score(scoring: Scoring): Promise<Answered<Scores>>;
}

/** What came of it. A number is in [0,1]. */
export type Elicited =
  | {
      readonly signal: number;
      /** Between these it lies, where a part was hidden. */
      readonly bounds?: readonly [low: number, high: number];
      readonly detail?: string;
    }
  | {
      readonly gap: FollowUpGap;
      readonly bounds?: readonly [low: number, high: number];
      readonly detail?: string;
    };

/** The dearest sample there can be, for estimates and budgets. */
export interface FollowUpShape extends Followed {
  /** As long as responses may be. */
  readonly response: string;
  /** As long as answers are shown. */
  readonly answer: string;
  readonly maxSamples: number;
}

/** Asks about samples, with its options filled in. */
export interface FollowUpElicitor {
  /** The model that gave the sample, or another one that the user names. */
  readonly asks: "model" | "judge";
  /** What whoever is asked must be able to do. */
  readonly means: "text" | "logprobs" | "score";
  /** As soon as a sample is there, or once its whole wave is. */
  readonly when: "sample" | "wave";
  /** Options with their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Every call that one sample may cost, at its dearest. */
  worstCalls(shape: FollowUpShape): readonly Call[];
  follow(sample: FollowedSample, context: FollowUpContext): Promise<Elicited>;
}

/** @throws QuorateError `bad-policy` naming each wrong option */
export type BuildFollowUp = (options: unknown) => FollowUpElicitor;
