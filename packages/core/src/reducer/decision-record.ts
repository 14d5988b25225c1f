import type { Answer } from "../answer.ts";
import type { FollowUpGap } from "../follow-up.ts";
import type { Usd } from "../money/usd.ts";
import type { Usage } from "../sample.ts";
import type { Decision } from "./decision.ts";

/** The full vote of a question that had been decided before it: what stopping early changed. */
export interface Audit {
  readonly answer: Answer | null;
  /** The decision's answer is the full vote's. */
  readonly agrees: boolean;
  /** Whether the full vote is right; absent without gold. */
  readonly correct?: boolean;
  /** Drawn for the audit alone, and in no other count. 0 where a proof took their place. */
  readonly samples: number;
  readonly usage?: Usage;
  readonly costUsd?: Usd;
}

/** What asking about samples came to. */
export interface FollowUpCounts {
  readonly samples: number;
  /** Samples that it brought no number for, by reason. */
  readonly gaps?: { readonly [Gap in FollowUpGap]?: number };
}

/** One question of a run, as a line of `decisions.jsonl` tells it. Absent means unknown. */
export interface DecisionRecord extends Decision {
  readonly id: string;
  /** Of the samples that were recorded for the question, and of what was asked about them. */
  readonly usage?: Usage;
  readonly costUsd?: Usd;
  /** From the first launch to the decision, in the process that decided. */
  readonly latencyMs: number;
  readonly gold?: Answer;
  /** Absent without gold. */
  readonly correct?: boolean;
  /** Questions that share a source are resampled together. */
  readonly group?: string;
  /** Absent where the question was not chosen for one, or it is not complete yet. */
  readonly audit?: Audit;
  /** Present where samples were asked about. */
  readonly followUps?: FollowUpCounts;
  /** Why no sample gave an answer, in the words of the last failure. */
  readonly error?: string;
}
