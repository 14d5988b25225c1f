import { QuorateError } from "@quorate/core";
import { messagesFor, type Provider, type SampleRequest } from "@quorate/providers";
import { followUpPlan, type QuestionSource, type RunPlan, worstFollowUpUsd } from "@quorate/runs";

/** A budget can only be kept where the worst case of a request is known. */
export async function requireAffordable(
  plan: RunPlan,
  provider: Provider,
  questions: QuestionSource,
  judge?: Provider,
): Promise<void> {
  if (plan.limits.budgetUsd === undefined) return;
  const request = await requestFor(0, plan, questions);
  const followUp = followUpPlan(plan.policy, provider, judge);
  const isKnown = provider.worstCaseUsd(request, 1) !== "unknown";
  const asked = followUp === undefined ? 0 : worstFollowUpUsd(followUp, request, plan.limits.maxSamples);
  if (isKnown && asked !== "unknown") return;
  if (plan.limits.maxTokens === undefined) {
    throw new QuorateError({
      code: "bad-option",
      what: "--budget needs --max-tokens: without it one response could cost any amount.",
    });
  }
  throw new QuorateError({
    code: "unknown-price",
    what: `The price of ${isKnown ? followUp?.asked.id : provider.id} is not known, so a budget cannot be kept.`,
    hint: 'Give its price with --prices FILE, a JSON such as {"MODEL":{"inputUsdPerMillion":0.15,"outputUsdPerMillion":0.6}}.',
  });
}

async function requestFor(index: number, plan: RunPlan, questions: QuestionSource): Promise<SampleRequest> {
  const question = await questions.at(index);
  return {
    question,
    messages: messagesFor(question, plan.prompting),
    ...(plan.limits.maxTokens !== undefined && { maxTokens: plan.limits.maxTokens }),
    seed: plan.seed,
    signals: [],
    keepTokens: false,
  };
}
