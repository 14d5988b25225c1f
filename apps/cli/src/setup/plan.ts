import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type AskableModels, fitPolicy } from "@quorate/confidence";
import { QuorateError, setParameter } from "@quorate/core";
import { checkTemplate, type Provider } from "@quorate/providers";
import type { QuestionSource, RunPlan } from "@quorate/runs";
import { requireWorkingPattern } from "./grading.ts";
import { policyNamed } from "./policy.ts";
import type { SamplingOptions } from "./sampling-options.ts";
import { brokenPromise } from "./tuned-promise.ts";
import { valuedPolicy } from "./value.ts";

interface Voice {
  readonly say: (note: string) => void;
  readonly warn: (message: string) => void;
}

/** From options to a plan: the worth of an answer enters the policy, then each `--set`; then it is made to fit the provider. */
export async function planFrom(
  options: SamplingOptions,
  provider: Provider,
  questions: QuestionSource,
  { say, warn }: Voice,
  judge?: Provider,
): Promise<RunPlan> {
  const prompting = promptingFrom(options, provider);
  const given = policyNamed(options.policy);
  const valued = await valuedPolicy(given, options.value, { prompting, provider, questions, say });
  const wanted = (options.set ?? []).reduce(setParameter, valued);
  const fitted = fitPolicy(wanted, provider.can.signals, provider.id, provider.confidence, askable(provider, judge));
  if (fitted.note !== undefined) say(fitted.note);
  const broken = brokenPromise({ given, wanted, fitted: fitted.policy }, options.maxSamples);
  if (broken !== undefined) warn(broken);
  if (options.kind === "pattern") requireFor(options.pattern, "--pattern", "pattern");
  if (options.kind === "custom") requireFor(options.grader, "--grader", "custom");
  requireWorkingPattern(options.pattern);
  return {
    policy: fitted.policy,
    prompting,
    grading: {
      ...(options.pattern !== undefined && { pattern: options.pattern }),
      ...(options.field !== undefined && { field: options.field }),
      ...(options.grader !== undefined && { graderPath: resolve(options.grader) }),
    },
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    seed: options.seed,
    limits: {
      maxSamples: options.maxSamples,
      ...(options.maxTokens !== undefined && { maxTokens: options.maxTokens }),
      ...(options.budget !== undefined && { budgetUsd: options.budget }),
      ...(options.deadline !== undefined && { deadlineMs: options.deadline }),
      concurrency: options.concurrency,
      speculate: options.speculate,
      ...(options.audit !== undefined && { auditShare: options.audit }),
    },
    keepTokens: options.keepTokens === true,
    durability: options.durability,
  };
}

function askable(provider: Provider, judge: Provider | undefined): AskableModels {
  return {
    ...(provider.can.asks !== undefined && { model: provider.can.asks }),
    ...(judge?.can.asks !== undefined && { judge: judge.can.asks }),
  };
}

function promptingFrom(options: SamplingOptions, provider: Provider): RunPlan["prompting"] {
  const template = options.template === undefined ? undefined : readTemplate(options.template);
  return {
    ...provider.prompting,
    ...(options.system !== undefined && { system: options.system }),
    ...(template !== undefined && { template }),
    ...(options.field !== undefined && { jsonField: options.field }),
  };
}

function requireFor(value: string | undefined, option: string, kind: string): void {
  if (value !== undefined) return;
  throw new QuorateError({ code: "bad-option", what: `--kind ${kind} needs ${option}.` });
}

function readTemplate(path: string): string {
  let template: string;
  try {
    template = readFileSync(path, "utf8");
  } catch (cause) {
    throw new QuorateError({
      code: "bad-option",
      what: `The template ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      cause,
    });
  }
  checkTemplate(template);
  return template;
}
