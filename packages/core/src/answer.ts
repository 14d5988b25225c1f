export const answerKinds = ["number", "choice", "math", "text", "json", "pattern", "custom", "exact"] as const;

/**
 * How an answer is found in a response and when two are the same. `exact` is for recorded answers that are
 * already canonical: plain string equality.
 */
export type AnswerKind = (typeof answerKinds)[number];

/** An answer in canonical form: two samples gave the same answer exactly when these strings are equal. */
export type Answer = string;

/** Probabilities that one sample gives to answers, each named once; they sum to at most 1. */
export type AnswerDistribution = readonly { readonly answer: Answer; readonly probability: number }[];

/** Why a sample casts no vote. Counted and reported by kind. */
export type AbstentionReason =
  /** The response holds no answer of the kind that was asked for. */
  | "no-answer"
  /** The model declined, or a content filter did. */
  | "refused"
  /** Cut off at the token limit before an answer. */
  | "truncated"
  /** The response was empty or malformed. */
  | "empty"
  /** All attempts failed or ran out of time. */
  | "failed"
  /** A deadline or a cancellation came first. */
  | "cancelled"
  /** The recording says that no answer could be parsed. */
  | "recorded";

export type Extraction =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "abstention"; readonly reason: AbstentionReason };
