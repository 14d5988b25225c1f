import type { AbstentionReason, Certificate, FollowUpCounts, Usage, Usd } from "@quorate/core";
import type { AuditSummary } from "../audit/audit-summary.ts";
import type { Interval } from "../statistics/interval.ts";

export interface Accuracy {
  /** Share of right answers among the graded ones; no answer is a wrong one. */
  readonly value: number;
  /** Over groups of questions; absent with fewer than two. */
  readonly interval?: Interval;
  readonly right: number;
  /** Decided questions with a gold answer. */
  readonly graded: number;
  readonly groups: number;
}

/** Decided questions whose answer the policy would rather not give. */
export interface AbstainedQuestions {
  readonly questions: number;
  /** Share of right answers among the graded others; absent without any. */
  readonly accuracyOfOthers?: number;
}

/**
 * A run in numbers. Votes (accuracy, means, saved samples, histogram, certificates) are over decided questions; stop
 * reasons, abstentions, usage and cost are over all, since interim questions were paid for too.
 */
export interface RunSummary {
  readonly questions: number;
  readonly decided: number;
  /** A limit came first: the best answer so far, and the question is open. */
  readonly interim: number;
  /** Decided without an answer. */
  readonly failed: number;
  /** Absent without gold. */
  readonly accuracy?: Accuracy;
  /** Absent where no answer was kept back. */
  readonly abstained?: AbstainedQuestions;
  /** Samples that counted; absent when nothing is decided. */
  readonly meanSamples?: number;
  readonly meanRounds?: number;
  /** Of decided questions with an answer. */
  readonly meanSupport?: number;
  /** Samples that counted. */
  readonly countedSamples: number;
  /** Launched beyond those that counted, to save rounds. */
  readonly speculatedSamples: number;
  readonly savedSamples: number;
  /** Counted, speculated and saved: what the full vote would have drawn. */
  readonly fullVoteSamples: number;
  readonly abstentions: Readonly<Partial<Record<AbstentionReason, number>>>;
  /** Votes that lack the confidence which the policy reads, of all votes; absent where none does. */
  readonly unmeasured?: { readonly votes: number; readonly of: number };
  readonly stopReasons: Readonly<Record<string, number>>;
  readonly certificates: Readonly<Partial<Record<Certificate, number>>>;
  /** How many decided questions took how many samples, fewest samples first. */
  readonly samplesHistogram: readonly { readonly samples: number; readonly questions: number }[];
  /** Absent when no question recorded any. */
  readonly usage?: Usage;
  /** The known part of the cost; absent when no question's cost is known. */
  readonly costUsd?: Usd;
  /** Absent where no sample was asked about. */
  readonly followUps?: FollowUpCounts;
  /** Absent where no decision was audited. */
  readonly audit?: AuditSummary;
  /** Questions with samples and without a known cost: `costUsd` lacks theirs. */
  readonly unpricedQuestions: number;
}
