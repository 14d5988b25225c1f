import type { Policy, Usd } from "@quorate/core";
import type { DecisionRecords } from "../summary/decision-records.ts";
import type { RunSummary } from "../summary/run-summary.ts";

/** As a run's description keeps them. */
export interface ReportLimits {
  readonly maxSamples: number;
  readonly maxTokens?: number | undefined;
  readonly budgetUsd?: Usd | undefined;
  /** Of all questions together, and how they were spent. */
  readonly totalSamples?: number | undefined;
  readonly allocate?: string | undefined;
  readonly deadlineMs?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly speculate?: number | undefined;
  readonly auditShare?: number | undefined;
}

/** What a reader must know to place the numbers. */
export interface ReportRun {
  readonly policy: Policy;
  readonly model: string;
  readonly questionsPath: string;
  readonly limits: ReportLimits;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Version of Quorate. */
  readonly quorate: string;
}

/** From the ledger. */
export interface ReportSpent {
  readonly recordedUsd: Usd;
  /** Worst cases of attempts whose fate nobody knows. */
  readonly presumedUsd: Usd;
  readonly budgetUsd?: Usd | undefined;
}

export interface ReportInput {
  readonly title: string;
  readonly run: ReportRun;
  readonly summary: RunSummary;
  readonly decisions: DecisionRecords;
  /** Absent when the run kept no ledger. */
  readonly spent?: ReportSpent;
  /** Rows of the question table; failed questions come first, and the report says how many were left out. @default 2000 */
  readonly maxRows?: number;
}
