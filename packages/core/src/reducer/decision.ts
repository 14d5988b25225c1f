import type { AbstentionReason, Answer } from "../answer.ts";
import type { Certificate } from "../stopping/rule.ts";

/** What ended a question from outside. After `budget`, `deadline` and `cancelled` a run may go on later. */
export type Limit = "budget" | "deadline" | "cancelled";

export interface VoteCount {
  readonly answer: Answer;
  readonly count: number;
  readonly weight: number;
}

export interface Decision {
  /** Null when no sample gave an answer. */
  readonly answer: Answer | null;
  /** The answer's share of all weight, in [0,1]. */
  readonly support: number;
  /** Calibrated probability that the answer is right; absent where the policy has none for the decision. */
  readonly confidence?: number;
  /** The policy would rather give no answer than this one, whose probability of being right is too low or unknown. */
  readonly abstained?: true;
  /** The rule that stopped, `max-samples`, `no-votes` or the limit that came first. */
  readonly reason: string;
  readonly certificate: Certificate;
  /** Samples that counted, abstentions included. */
  readonly sampleCount: number;
  /** Samples launched beyond those that counted, when waves speculate. */
  readonly speculatedSamples?: number;
  /** Samples of the full vote that were never launched. */
  readonly savedSamples: number;
  /** Waves launched. */
  readonly rounds: number;
  /** All answer classes, heaviest first. */
  readonly votes: readonly VoteCount[];
  /** Samples without an answer, by reason. */
  readonly abstentions?: { readonly [Reason in AbstentionReason]?: number };
  /** Votes whose confidence could not be measured, where the policy reads one; absent where there are none. */
  readonly unmeasured?: number;
  /** A limit came first: the best answer so far, and the question stays open. */
  readonly interim?: true;
}
