import { isQuorateError } from "@quorate/core";
import type { RunResult } from "@quorate/runs";
import { exitCodeOf, exitCodes } from "../exit-codes.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { summaryJson, summaryLines } from "../screen/summary.ts";
import { loadRun, summaryOf, writeReport } from "./run-on-disk.ts";

export interface FinishOptions {
  readonly out: string;
  readonly result: RunResult;
  readonly budgetUsd: number | undefined;
  readonly asJson: boolean;
}

/** Tells what the run came to, writes its report and says with the exit code how it ended. */
export async function finishRun({ out, result, budgetUsd, asJson }: FinishOptions): Promise<number> {
  const run = await loadRun(out);
  const summary = await summaryOf(run);
  await writeReport(run, summary);
  const told = { run, summary, wallMs: result.progress.elapsedMs, budgetUsd };
  process.stdout.write(asJson ? `${safeJson(summaryJson(told))}\n` : `${summaryLines(told).join("\n")}\n`);
  if (summary.audit !== undefined) {
    const { auditText } = await import("@quorate/evaluation");
    const { found, verdict } = auditText(summary.audit);
    process.stderr.write(`audit: ${found}; ${verdict}.\n`);
  }
  tellEnding(result, out, run.run.limits.totalSamples);
  return exitCodeOfRun(result, summary.failed > 0);
}

export function exitCodeOfRun({ ending, error }: RunResult, someFailed: boolean): number {
  if (ending === "failed") return exitCodeOf(error);
  if (ending === "cancelled") return exitCodes.interrupted;
  if (ending !== "completed") return exitCodes.limitCameFirst;
  return someFailed ? exitCodes.someFailed : exitCodes.allDecided;
}

/** Says on standard error why a run ended early, and how it goes on. */
export function tellEnding(result: RunResult, out: string, totalSamples?: number): void {
  const explanation = explain(result, out, totalSamples);
  if (explanation !== undefined) process.stderr.write(`${explanation}\n`);
}

function explain({ ending, error }: RunResult, out: string, totalSamples: number | undefined): string | undefined {
  const resume = `The same command goes on with ${out}; nothing recorded is bought again.`;
  switch (ending) {
    case "completed":
      return undefined;
    case "budget":
      if (totalSamples !== undefined) {
        return `The budget is spent: questions that were not settled by then have their best answer so far. Give a larger --total-samples (or --budget) to go on. ${resume}`;
      }
      return `The budget ended first: the next request might not fit in what is left. Give a larger --budget. ${resume}`;
    case "deadline":
      return `The deadline came first. ${resume}`;
    case "cancelled":
      return `Stopped. ${resume}`;
    case "failed": {
      const why = isQuorateError(error)
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
      return `quorate: ${safeText(why, "keep line breaks")}\n${resume}`;
    }
  }
}
