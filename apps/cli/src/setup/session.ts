import { basename, join } from "node:path";
import { QuorateError } from "@quorate/core";
import { openTrace, type Provider, seededRandom, systemClock, type TraceFile } from "@quorate/providers";
import {
  followUpPlan,
  type LocalRun,
  openRunDirectory,
  type QuestionSource,
  type RunDirectory,
  type RunPlan,
  readRunFile,
  requireSameAsking,
  runFiles,
} from "@quorate/runs";
import { version } from "../version.ts";
import { requireAffordable } from "./budget.ts";
import { customGraderAt } from "./grading.ts";
import type { SamplingOptions } from "./sampling-options.ts";

export interface SessionOptions {
  readonly options: SamplingOptions;
  readonly plan: RunPlan;
  readonly provider: Provider;
  readonly judge?: Provider;
  readonly questions: QuestionSource;
  readonly out: string;
  readonly reuse?: string;
  readonly extend?: boolean;
  readonly retryFailed?: boolean;
  readonly warn: (message: string) => void;
}

export interface Session extends LocalRun {
  /** Provider and questions stay open: they are the caller's. */
  close(): Promise<void>;
}

/** Opens all that a run needs, and refuses before anything is sent what could not end well. */
export async function openSession(input: SessionOptions): Promise<Session> {
  const { plan, provider, judge, questions, warn } = input;
  await requireAffordable(plan, provider, questions, judge);
  const customGrader = await customGraderAt(plan.grading.graderPath);
  const reuse = input.reuse === undefined ? undefined : await openReusable(input.reuse, input, warn);
  const directory = await openDirectory(input, reuse);
  return {
    plan,
    provider,
    ...(judge !== undefined && { judge }),
    questions,
    directory,
    clock: systemClock,
    random: seededRandom(plan.seed, "run"),
    ...(customGrader !== undefined && { customGrader }),
    ...(reuse !== undefined && { reuse }),
    async close() {
      await directory.close();
      await reuse?.close();
    },
  };
}

async function openDirectory(input: SessionOptions, reuse: TraceFile | undefined): Promise<RunDirectory> {
  const { plan, provider, judge, questions, out, warn } = input;
  const asked = followUpPlan(plan.policy, provider, judge)?.asked;
  try {
    return await openRunDirectory({
      path: out,
      plan,
      model: provider.id,
      ...(asked !== undefined && asked === judge && { judge: judge.id }),
      account: provider.account,
      questions,
      version,
      now: new Date(),
      ...pricesOf(asked === undefined ? [provider] : [provider, asked]),
      ...(input.reuse !== undefined && { reuse: input.reuse }),
      extend: input.extend === true,
      retryFailed: input.retryFailed === true,
      warn,
    });
  } catch (error) {
    await reuse?.close();
    throw error;
  }
}

function pricesOf(providers: readonly Provider[]): { prices?: Record<string, unknown> } {
  const prices = providers.flatMap(({ id, price }) => (price === undefined ? [] : [[id, price] as const]));
  return prices.length === 0 ? {} : { prices: Object.fromEntries(prices) };
}

async function openReusable(
  directory: string,
  { plan, provider }: SessionOptions,
  warn: (message: string) => void,
): Promise<TraceFile> {
  const older = readRunFile(join(directory, runFiles.run));
  if (older !== undefined) requireSameAsking(directory, older.identity, { ...plan, model: provider.id });
  const path = join(directory, runFiles.samples);
  try {
    return await openTrace(path, { onWarning: warn });
  } catch (cause) {
    throw new QuorateError({
      code: "bad-option",
      what: `--reuse ${directory} holds no samples to spend.`,
      hint: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** The same command finds the same directory, so it goes on where it stopped. */
export function defaultDirectory(questions: QuestionSource, plan: RunPlan, provider: Provider): string {
  const parts = [
    basename(questions.path).replace(/\.(jsonl|csv|json)(\.gz)?$/, ""),
    modelName(provider),
    plan.policy.name,
  ];
  return join("runs", parts.map((part) => part.replace(/[^\w.-]+/g, "-")).join("_"));
}

function modelName({ id }: Provider): string {
  return id.startsWith("replay:") ? "replay" : id.slice(id.indexOf(":") + 1);
}
