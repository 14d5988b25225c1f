import { type AskableModels, type Elicitor, elicitorFor, mostTopLogprobs, withSignal } from "@quorate/confidence";
import { type Policy, type Question, QuorateError, type Sample } from "@quorate/core";
import type { PromptOptions, Provider, SampleRequest } from "@quorate/providers";
import type { RunPlan } from "../plan.ts";

/** The prompt with what the policy's elicitor has to ask for. */
export function promptingFor({ confidence }: Pick<Policy, "confidence">, prompting: PromptOptions): PromptOptions {
  const asksFor = confidence === null ? undefined : elicitorFor(confidence).asksFor;
  return asksFor === undefined ? prompting : { ...prompting, confidence: asksFor };
}

/** Whether the policy's signal is about the options of a question. */
export function readsOptions({ confidence }: Pick<Policy, "confidence">): boolean {
  return confidence !== null && elicitorFor(confidence).measure?.needs.options === true;
}

/**
 * For policies whose signal is about options. Whoever pays for samples asks this of all questions before the first of them is
 * bought.
 *
 * @throws QuorateError `missing-signal`
 */
export function requireOptions(policy: Policy, { id, kind, options }: Question): void {
  if (!readsOptions(policy) || (kind === "choice" && options !== undefined)) return;
  const { name, confidence } = policy;
  throw new QuorateError({
    code: "missing-signal",
    what: `Policy "${name}" reads the probabilities of options (elicitor ${confidence?.elicitor}), and question "${id}" lists none to choose from.`,
    hint: "Ask questions of kind `choice` with their options, or set confidence.elicitor to answer-probability, which reads any answer.",
  });
}

/** Who can be asked about samples. */
export function askableModels(
  provider: Pick<Provider, "can">,
  judge: Pick<Provider, "can"> | undefined,
): AskableModels {
  return {
    ...(provider.can.asks !== undefined && { model: provider.can.asks }),
    ...(judge?.can.asks !== undefined && { judge: judge.can.asks }),
  };
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
