import type { Usd } from "@quorate/core";
import type { NumberedEvent } from "../engine/event-feed.ts";
import type { RunEnding } from "../engine/events.ts";
import type { LocalRun } from "./local-run.ts";

/** Where a run stands, at any moment. */
export interface Progress {
  readonly questions: number;
  /** Decided so far, by this process and earlier ones. */
  readonly decided: number;
  /** Decided by this process. */
  readonly decidedNow: number;
  /** Of these, without an answer. */
  readonly failedNow: number;
  readonly questionsInFlight: number;
  readonly samples: number;
  /** Samples of the full vote that were not needed. */
  readonly savedSamples: number;
  readonly recordedUsd: Usd;
  readonly presumedUsd: Usd;
  readonly reservedUsd: Usd;
  /** Absent without a budget. */
  readonly leftUsd?: Usd;
  readonly elapsedMs: number;
}

export interface RunResult {
  readonly ending: RunEnding;
  /** What ended it, when `failed`. */
  readonly error?: unknown;
  readonly progress: Progress;
}

/** A run under way. It does not live or die with whoever watches it. */
export interface RunHandle {
  readonly id: string;
  progress(): Progress;
  /** From the event after the cursor on; 0 for all that are kept. */
  events(afterCursor: number): AsyncIterable<NumberedEvent>;
  /** `finish`: launch nothing more, record what is in flight. `now`: drop what is in flight too. */
  cancel(how: "finish" | "now"): void;
  /** Never rejects. */
  readonly result: Promise<RunResult>;
}

/** Where the questions of a run are worked on. */
export interface Pool {
  submit(run: LocalRun): Promise<RunHandle>;
  attach(runId: string): Promise<RunHandle>;
  close(): Promise<void>;
}
