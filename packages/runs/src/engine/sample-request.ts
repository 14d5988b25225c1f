import type { Question } from "@quorate/core";
import { messagesFor, type SampleRequest } from "@quorate/providers";
import { wantedTokens } from "./elicitation.ts";
import type { Engine } from "./engine.ts";

/** What is asked for a sample of this question. */
export function sampleRequestFor({ plan, signals, elicitor, provider }: Engine, question: Question): SampleRequest {
  return {
    question,
    messages: messagesFor(question, plan.prompting),
    ...(plan.limits.maxTokens !== undefined && { maxTokens: plan.limits.maxTokens }),
    ...(plan.temperature !== undefined && { temperature: plan.temperature }),
    seed: plan.seed,
    signals,
    ...wantedTokens(elicitor, provider, plan),
  };
}
