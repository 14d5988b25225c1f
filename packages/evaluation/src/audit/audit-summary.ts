import type { Policy, Usd } from "@quorate/core";
import type { Interval } from "../statistics/interval.ts";

type Tuned = NonNullable<Policy["tuned"]>;

/** What the audits say about the promise that the policy was tuned for. */
export interface AuditVerdict extends Pick<Tuned, "method" | "risk" | "epsilon" | "delta" | "maxSamples"> {
  /** Audits that the promise is about. */
  readonly tested: number;
  readonly lost: number;
  /** Chance of so many lost ones or more, were the risk at ε. */
  readonly pValue: number;
  /** More were lost than a risk within ε explains, at level δ (5 % where the promise has none). */
  readonly drift: boolean;
}

/** Decisions that were compared with the full vote they had been made without. */
export interface AuditSummary {
  /** All of them, those included that were proven to agree. */
  readonly decisions: number;
  /** Independent ones: of questions that share a group the first. The counts below are of these. */
  readonly audited: number;
  readonly disagreements: number;
  /** Of the share that disagrees, 95 % (Clopper–Pearson). */
  readonly interval: Interval;
  /** Drawn for the audits alone. */
  readonly samples: number;
  /** The known part of what they cost; absent where none is known. */
  readonly costUsd?: Usd;
  /** Absent where nothing was promised that these audits could test. */
  readonly verdict?: AuditVerdict;
}
