import { hasValue, type Policy, QuorateError, withValue } from "@quorate/core";
import type { Provider } from "@quorate/providers";
import { expectedSampleUsd, type QuestionSource, type RunPlan } from "@quorate/runs";

export interface Pricing {
  readonly prompting: RunPlan["prompting"];
  readonly provider: Provider;
  readonly questions: QuestionSource;
  readonly say: (note: string) => void;
}

/**
 * The policy with `--value`, what a right answer is worth. Where the policy does not name the price of a sample, it is what
 * the estimate says; both are then part of the policy in `run.json`.
 */
export async function valuedPolicy(policy: Policy, answerUsd: number | undefined, pricing: Pricing): Promise<Policy> {
  if (answerUsd === undefined) return policy;
  return withValue(policy, { answerUsd, sampleUsd: hasValue(policy) ? 0 : await priceOfSample(pricing) });
}

async function priceOfSample({ prompting, provider, questions, say }: Pricing): Promise<number> {
  const sampleUsd = await expectedSampleUsd(prompting, provider, questions);
  if (sampleUsd === "unknown") {
    throw new QuorateError({
      code: "unknown-price",
      what: `The price of ${provider.id} is not known, so --value has nothing to weigh an answer against.`,
      hint: 'Give its price with --prices FILE, or name sampleUsd in a policy with a "value" rule.',
    });
  }
  if (sampleUsd === 0) say(`${provider.id} costs nothing, so no worth of an answer ends its sampling early`);
  // A guess needs no more digits, and a person can read these.
  return Number(sampleUsd.toPrecision(3));
}
