import type { AbstentionReason, Answer, AnswerDistribution } from "../answer.ts";
import type { Decision, Limit } from "./decision.ts";

/** What a recorded sample says to the vote. */
export type Ballot =
  | {
      readonly kind: "answer";
      readonly answer: Answer;
      /** Calibrated; absent where it could not be measured. */
      readonly confidence?: number;
      /** Over the answers, where the model showed more than the one it gave. */
      readonly distribution?: AnswerDistribution;
    }
  | { readonly kind: "abstention"; readonly reason: AbstentionReason };

/** What happened to a question. */
export type QuestionEvent =
  | { readonly type: "question-opened" }
  /** The sample at this place in launch order is on record. Comes once for an index, in any order. */
  | { readonly type: "sample-recorded"; readonly index: number; readonly ballot: Ballot }
  /** There are only so many samples to be had (a recording ends). */
  | { readonly type: "supply-ended"; readonly available: number }
  | { readonly type: "limit-reached"; readonly limit: Limit };

/** What is to be done about it. */
export type QuestionCommand =
  /** Get these samples, at once. */
  | { readonly type: "launch"; readonly wave: number; readonly indexes: readonly number[] }
  /** What is still in flight no longer matters. */
  | { readonly type: "cancel" }
  | { readonly type: "decide"; readonly decision: Decision };
