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
  /** Of the samples asked for, so many may be launched now; at least one. */
  | { readonly type: "wave-granted"; readonly samples: number }
  /** The sample at this place in launch order is on record. Comes once for an index, in any order. */
  | { readonly type: "sample-recorded"; readonly index: number; readonly ballot: Ballot }
  /** There are only so many samples to be had (a recording ends). */
  | { readonly type: "supply-ended"; readonly available: number }
  | { readonly type: "limit-reached"; readonly limit: Limit };

/** What is to be done about it. */
export type QuestionCommand =
  /** Where waves wait for an allocator: the next one would be of so many samples. Until it is granted nothing happens. */
  | { readonly type: "ask"; readonly samples: number }
  /** Get these samples, at once. */
  | { readonly type: "launch"; readonly wave: number; readonly indexes: readonly number[] }
  /** What is still in flight no longer matters. */
  | { readonly type: "cancel" }
  | { readonly type: "decide"; readonly decision: Decision };
