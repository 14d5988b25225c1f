import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fitPolicy, signalsFrom } from "@quorate/confidence";
import { QuorateError, setParameter } from "@quorate/core";
import { checkTemplate, type Provider } from "@quorate/providers";
import { askableModels, promptingFor, type QuestionSource, type RunPlan } from "@quorate/runs";
import { doubtfulConfidence, withConfidence } from "./calibration.ts";
import { requireWorkingPattern } from "./grading.ts";
import { policyNamed } from "./policy.ts";
import type { SamplingOptions } from "./sampling-options.ts";
import { brokenPromise } from "./tuned-promise.ts";
import { valuedPolicy } from "./value.ts";

interface Voice {
  readonly say: (note: string) => void;
  readonly warn: (message: string) => void;
}

/** From options to a plan: the worth of an answer enters the policy, then each `--set`, then its confidence; then it is made to fit the provider. */
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
  const wanted = withConfidence((options.set ?? []).reduce(setParameter, valued), options);
  const available = signalsFrom(provider.can, wanted.confidence);
  const fitted = fitPolicy(wanted, available, provider.id, provider.confidence, askableModels(provider, judge));
  if (fitted.note !== undefined) say(fitted.note);
  const broken = brokenPromise({ given, wanted, fitted: fitted.policy }, options.maxSamples);
  if (broken !== undefined) warn(broken);
  const doubtful = doubtfulConfidence(given, fitted.policy, options.maxSamples);
  if (doubtful !== undefined) warn(doubtful);
  if (options.kind === "pattern") requireFor(options.pattern, "--pattern", "pattern");
  if (options.kind === "custom") requireFor(options.grader, "--grader", "custom");
  requireWorkingPattern(options.pattern);
  return {
    policy: fitted.policy,
    prompting: promptingFor(fitted.policy, prompting),
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
    keepTokens: options.keepTokens === true || options.topLogprobs !== undefined,
    ...(options.topLogprobs !== undefined && { topLogprobs: options.topLogprobs }),
    durability: options.durability,
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
