import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { needsOf, QuorateError, requireAnswerCount } from "@quorate/core";
import { isAuditDue } from "../engine/audit-choice.ts";
import { readsOptions, requireOptions } from "../engine/elicitation.ts";
import { Ledger } from "../money/ledger.ts";
import { readLedger } from "../money/recover.ts";
import type { RunPlan } from "../plan.ts";
import type { QuestionSource } from "../questions/question-source.ts";
import { AppendLog, storageFailure } from "./append-log.ts";
import { DecisionLog } from "./decision-log.ts";
import { lockDirectory } from "./lock.ts";
import {
  identityDigest,
  type RunFile,
  type RunIdentity,
  readRunFile,
  requireSameIdentity,
  writeRunFile,
} from "./run-file.ts";
import { SampleJournal } from "./sample-journal.ts";
import { syncDirectory } from "./sync-directory.ts";
import { recoverTail } from "./tail.ts";

export const runFiles = {
  run: "run.json",
  samples: "samples.jsonl",
  ledger: "ledger.jsonl",
  decisions: "decisions.jsonl",
  report: "report.html",
} as const;

export interface OpenOptions {
  readonly path: string;
  readonly plan: RunPlan;
  readonly model: string;
  readonly judge?: string;
  readonly account?: string;
  readonly questions: QuestionSource;
  readonly version: string;
  readonly now: Date;
  readonly prices?: Record<string, unknown>;
  readonly reuse?: string;
  /** Decide decided questions anew under the limits of now; their samples are kept. */
  readonly extend: boolean;
  /** Forget decisions without an answer, and the samples that failed. */
  readonly retryFailed: boolean;
  readonly warn: (message: string) => void;
}

/** A run on disk, open for writing by this process alone. */
export interface RunDirectory {
  readonly path: string;
  readonly run: RunFile;
  readonly journal: SampleJournal;
  readonly ledger: Ledger;
  readonly decisions: DecisionLog;
  /** Whether an earlier process worked on it. */
  readonly isResumed: boolean;
  close(): Promise<void>;
}

/** Starts a run in an empty or absent directory, or goes on with the one that is there. */
export async function openRunDirectory(options: OpenOptions): Promise<RunDirectory> {
  const { path, plan, questions, warn } = options;
  await requireWorkable(plan, questions);
  makeDirectory(path);
  const unlock = lockDirectory(path, options.now.toISOString());
  try {
    const earlier = readRunFile(join(path, runFiles.run));
    if (earlier === undefined) requireEmpty(path);
    const identity = identityOf(options);
    if (earlier !== undefined) requireSameIdentity(path, earlier.identity, identity);
    const run = runFileOf(options, identity, earlier);
    writeRunFile(join(path, runFiles.run), run, plan.durability);

    const indexOf = (id: string): number => questions.indexOf(id);
    const ledgerPath = join(path, runFiles.ledger);
    const ledgerTail = recoverTail(ledgerPath);
    if (ledgerTail.droppedBytes > 0) warn(`${ledgerPath}: a torn last line was dropped; its attempt had not left`);
    const recovered = await readLedger(ledgerPath);
    if (recovered.unfinished.size > 0) {
      warn(
        `${recovered.unfinished.size} requests were in flight when the run stopped; their worst case counts as spent`,
      );
    }
    const ledgerLog = new AppendLog(ledgerPath, plan.durability);
    const ledger = new Ledger(ledgerLog, recovered, plan.limits);
    const journal = await SampleJournal.open(
      join(path, runFiles.samples),
      questions.length,
      indexOf,
      plan.durability,
      options.retryFailed,
      warn,
    );
    const decisionsPath = join(path, runFiles.decisions);
    const decisions = await DecisionLog.open(
      decisionsPath,
      questions.length,
      indexOf,
      plan.durability,
      (line, index) =>
        !options.extend && !(options.retryFailed && line.answer === null) && !isAuditDue(plan, line, index),
      warn,
    );

    if (plan.durability === "disk") syncDirectory(path);

    return {
      path,
      run,
      journal,
      ledger,
      decisions,
      isResumed: earlier !== undefined,
      async close() {
        try {
          await journal.close();
          await ledgerLog.close();
          await decisions.close();
        } finally {
          unlock();
        }
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    readdirSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOSPC") throw storageFailure(path, cause);
    throw new QuorateError({
      code: "bad-option",
      what: `The run directory ${path} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: "Name another with --out.",
      cause,
    });
  }
}

/** Files of something else are not written over. */
function requireEmpty(path: string): void {
  const ours = Object.values(runFiles).filter((name) => existsSync(join(path, name)));
  if (ours.length === 0) return;
  throw new QuorateError({
    code: "bad-input",
    what: `${path} holds ${ours.join(", ")} but no ${runFiles.run}: it is no run to go on with.`,
    hint: "Name another directory with --out.",
  });
}

function identityOf({ plan, model, judge, questions }: OpenOptions): RunIdentity {
  return {
    policy: plan.policy,
    model,
    ...(judge !== undefined && { judge }),
    questions: { path: questions.path, digest: questions.digest, count: questions.length },
    prompting: plan.prompting as RunIdentity["prompting"],
    grading: plan.grading as RunIdentity["grading"],
    ...(plan.temperature !== undefined && { temperature: plan.temperature }),
    seed: plan.seed,
  };
}

function runFileOf(
  { plan, version, now, prices, reuse, account }: OpenOptions,
  identity: RunIdentity,
  earlier: RunFile | undefined,
): RunFile {
  const usedPrices = prices ?? earlier?.prices;
  const usedReuse = reuse ?? earlier?.reuse;
  return {
    version: 1,
    quorate: earlier?.quorate ?? version,
    createdAt: earlier?.createdAt ?? now.toISOString(),
    digest: identityDigest(identity),
    identity,
    ...(account !== undefined && { account }),
    limits: plan.limits as RunFile["limits"],
    ...(usedPrices !== undefined && { prices: usedPrices }),
    ...(usedReuse !== undefined && { reuse: usedReuse }),
  };
}

/** A policy that cannot work on one of the questions is refused before anything is bought for another. */
async function requireWorkable({ policy }: RunPlan, questions: QuestionSource): Promise<void> {
  const counts = needsOf(policy.stop).has("answer count");
  if (!counts && !readsOptions(policy)) return;
  for (let index = 0; index < questions.length; index += 1) {
    const question = await questions.at(index);
    if (counts) requireAnswerCount(policy, question.options?.length, question.id);
    requireOptions(policy, question);
  }
}
