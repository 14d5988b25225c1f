import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fitPolicy } from "@quorate/confidence";
import { QuorateError } from "@quorate/core";
import { checkTemplate, type Provider } from "@quorate/providers";
import type { RunPlan } from "@quorate/runs";
import { requireWorkingPattern } from "./grading.ts";
import { policyFrom } from "./policy.ts";
import type { SamplingOptions } from "./sampling-options.ts";
import { brokenPromise } from "./tuned-promise.ts";

/** From options to a plan; the policy is made to fit what the provider brings. */
export function planFrom(
  options: SamplingOptions,
  provider: Provider,
  say: (note: string) => void,
  warn: (message: string) => void,
): RunPlan {
  const given = policyFrom(options.policy, []);
  const wanted = policyFrom(options.policy, options.set ?? []);
  const fitted = fitPolicy(wanted, provider.can.signals, provider.id, provider.confidence);
  if (fitted.note !== undefined) say(fitted.note);
  const broken = brokenPromise({ given, wanted, fitted: fitted.policy }, options.maxSamples);
  if (broken !== undefined) warn(broken);
  if (options.kind === "pattern") requireFor(options.pattern, "--pattern", "pattern");
  if (options.kind === "custom") requireFor(options.grader, "--grader", "custom");
  requireWorkingPattern(options.pattern);
  const template = options.template === undefined ? undefined : readTemplate(options.template);
  return {
    policy: fitted.policy,
    prompting: {
      ...provider.prompting,
      ...(options.system !== undefined && { system: options.system }),
      ...(template !== undefined && { template }),
      ...(options.field !== undefined && { jsonField: options.field }),
    },
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
