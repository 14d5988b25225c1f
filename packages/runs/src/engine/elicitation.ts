import { type Elicitor, elicitorFor, mostTopLogprobs, withSignal } from "@quorate/confidence";
import type { Policy, Question, Sample } from "@quorate/core";
import type { PromptOptions, Provider, SampleRequest } from "@quorate/providers";
import type { RunPlan } from "../plan.ts";

/** The prompt with what the policy's elicitor has to ask for. */
export function promptingFor({ confidence }: Pick<Policy, "confidence">, prompting: PromptOptions): PromptOptions {
  const asksFor = confidence === null ? undefined : elicitorFor(confidence).asksFor;
  return asksFor === undefined ? prompting : { ...prompting, confidence: asksFor };
}

/** Tokens are asked for where they are to be kept, and where the policy's signal has to be measured in them. */
export function wantedTokens(
  elicitor: Elicitor | undefined,
  provider: Pick<Provider, "can">,
  plan: Pick<RunPlan, "keepTokens" | "topLogprobs">,
): Pick<SampleRequest, "keepTokens" | "topLogprobs"> {
  const isBrought = elicitor !== undefined && provider.can.signals.includes(elicitor.needs);
  const needs = isBrought ? {} : (elicitor?.measure?.needs ?? {});
  const topLogprobs = plan.topLogprobs ?? (needs.topLogprobs === undefined ? undefined : mostTopLogprobs);
  return {
    keepTokens: plan.keepTokens || needs.tokens === true,
    ...(topLogprobs !== undefined && { topLogprobs }),
  };
}

/** As the journal keeps it: with the signal that the policy reads, and tokens only where they are to be kept. */
export function elicited(
  sample: Sample,
  { elicitor, plan }: { readonly elicitor: Elicitor | undefined; readonly plan: Pick<RunPlan, "keepTokens"> },
  question: Question,
): Sample {
  const { tokens, ...measured } = withSignal(sample, elicitor, question);
  return plan.keepTokens && tokens !== undefined ? { ...measured, tokens } : measured;
}
