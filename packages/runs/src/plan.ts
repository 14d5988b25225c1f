import type { Policy, Usd } from "@quorate/core";
import type { PromptOptions } from "@quorate/providers";
import type { Durability } from "./storage/append-log.ts";

/** What bounds a run; not part of its identity, so it may change when a run goes on. */
export interface RunLimits {
  /** Samples of the full vote. */
  readonly maxSamples: number;
  /** Generated tokens of one sample. */
  readonly maxTokens?: number;
  readonly budgetUsd?: Usd;
  /** Samples of all questions together: those that may have been billed or, where nothing is billed, those on record. */
  readonly totalSamples?: number;
  /** Name of the allocator that says how the total is spent. @default "value" */
  readonly allocate?: string;
  /** For this process, from its start. */
  readonly deadlineMs?: number;
  /** Requests in flight at most. */
  readonly concurrency: number;
  /** Samples launched beyond what the rule needs, to save rounds. */
  readonly speculate: number;
  /** Share of questions, in [0,1], that get the full vote after an early decision. @default 0 */
  readonly auditShare?: number;
}

/** How an answer is found, beyond what a question says. */
export interface GradingPlan {
  readonly pattern?: string;
  readonly field?: string;
  /** Path of a module with `extract` and, if wanted, `equal`. */
  readonly graderPath?: string;
}

/** All that decides what is asked and how answers count. */
export interface RunPlan {
  readonly policy: Policy;
  readonly prompting: PromptOptions;
  readonly grading: GradingPlan;
  readonly temperature?: number;
  readonly seed: number;
  readonly limits: RunLimits;
  /** Keep each token with its log-probability in the journal. */
  readonly keepTokens: boolean;
  /** With `keepTokens`: so many of the likeliest tokens at each place. @default those that the policy reads */
  readonly topLogprobs?: number;
  readonly durability: Durability;
}
