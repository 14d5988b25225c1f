import type { Answer } from "@quorate/core";

/** A recorded vote and whether its answer was right. Votes of one question that are right have one and the same answer. */
export interface GradedVote {
  readonly answer: Answer;
  /** As the policy will see it, calibrated where it calibrates; absent where it could not be measured. */
  readonly confidence?: number;
  readonly isRight: boolean;
}
