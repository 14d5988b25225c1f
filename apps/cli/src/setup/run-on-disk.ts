import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { QuorateError, type Usd } from "@quorate/core";
import type { RunSummary } from "@quorate/evaluation";
import {
  type DecisionLine,
  type RunFile,
  readDecisions,
  readLedger,
  readRunFile,
  runFiles,
  spentUsd,
} from "@quorate/runs";

/** A run as it lies on disk, finished or not. */
export interface RunOnDisk {
  readonly out: string;
  readonly run: RunFile;
  readonly spent: { readonly recordedUsd: Usd; readonly presumedUsd: Usd };
  /** Attempts that left, retries included. */
  readonly requestCount: number;
  /** Attempts that nobody can put a price on. */
  readonly unpricedCount: number;
  decisions(): AsyncIterable<DecisionLine>;
}

/** @throws QuorateError `not-found` when the directory holds no run */
export async function loadRun(out: string): Promise<RunOnDisk> {
  const run = readRunFile(join(out, runFiles.run));
  if (run === undefined) {
    throw new QuorateError({
      code: "not-found",
      what: `${out} holds no run (no ${runFiles.run}).`,
      hint: "Name the directory that `quorate run` printed.",
    });
  }
  const ledger = await readLedger(join(out, runFiles.ledger));
  return {
    out,
    run,
    spent: spentUsd(ledger),
    requestCount: ledger.nextAttempt,
    unpricedCount: ledger.unpricedCount,
    decisions: () => readDecisions(join(out, runFiles.decisions)),
  };
}

/** A question's decision, interim ones included; undefined while it is open. */
export async function decisionIn(out: string, id: string): Promise<DecisionLine | undefined> {
  for await (const decision of readDecisions(join(out, runFiles.decisions))) if (decision.id === id) return decision;
  return undefined;
}

export async function summaryOf(run: RunOnDisk): Promise<RunSummary> {
  const { summarise } = await import("@quorate/evaluation");
  const { tuned } = run.run.identity.policy;
  return summarise(run.decisions(), tuned === undefined ? {} : { tuned });
}

/** The run's report as one file that opens without a network, piece by piece. */
export async function reportOf(onDisk: RunOnDisk, summary: RunSummary): Promise<AsyncIterable<string>> {
  const { renderReport } = await import("@quorate/evaluation");
  const { run, spent } = onDisk;
  const { identity, limits } = run;
  return renderReport({
    title: `${identity.policy.name} · ${identity.model}`,
    run: {
      policy: identity.policy,
      model: identity.model,
      questionsPath: identity.questions.path,
      limits,
      createdAt: run.createdAt,
      quorate: run.quorate,
    },
    summary,
    decisions: onDisk.decisions(),
    spent: { ...spent, ...(limits.budgetUsd !== undefined && { budgetUsd: limits.budgetUsd }) },
  });
}

/** The report at its place in the run directory. */
export async function writeReport(onDisk: RunOnDisk, summary: RunSummary): Promise<void> {
  const pieces = await reportOf(onDisk, summary);
  await pipeline(Readable.from(pieces), createWriteStream(join(onDisk.out, runFiles.report)));
}
