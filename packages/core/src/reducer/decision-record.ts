import type { Answer } from "../answer.ts";
import type { Usd } from "../money/usd.ts";
import type { Usage } from "../sample.ts";
import type { Decision } from "./decision.ts";

/** One question of a run, as a line of `decisions.jsonl` tells it. Absent means unknown. */
export interface DecisionRecord extends Decision {
  readonly id: string;
  /** Of the samples that were recorded for the question. */
  readonly usage?: Usage;
  readonly costUsd?: Usd;
  /** From the first launch to the decision, in the process that decided. */
  readonly latencyMs: number;
  readonly gold?: Answer;
  /** Absent without gold. */
  readonly correct?: boolean;
  /** Questions that share a source are resampled together. */
  readonly group?: string;
  /** Why no sample gave an answer, in the words of the last failure. */
  readonly error?: string;
}
