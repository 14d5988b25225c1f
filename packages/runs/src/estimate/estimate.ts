import type { KnownOrUnknown } from "@quorate/core";
import { messagesFor, type Provider, type SampleRequest } from "@quorate/providers";
import { followUpPlan } from "../engine/follow-up-plan.ts";
import type { RunPlan } from "../plan.ts";
import type { QuestionSource } from "../questions/question-source.ts";
import { addedUsd, multipliedUsd } from "./added-usd.ts";
import { difficulties, type ExpectedSamples, expectedSamples } from "./expected-samples.ts";
import { callsPerSample, expectedFollowUpUsd, worstFollowUpUsd } from "./follow-up-usd.ts";

/** Prompts looked at; a longer file is extrapolated from questions spread over it. */
const lookedAt = 200;

/** What a request for estimates is made of. */
type Asking = Pick<RunPlan, "prompting"> & { readonly limits: Pick<RunPlan["limits"], "maxTokens"> };

export interface Estimate {
  readonly questions: number;
  /** The most calls that asking about a sample takes, and who answers them; absent where nothing is asked. */
  readonly followUps?: { readonly callsPerSample: number; readonly asked: string };
  /** A question, by difficulty. */
  readonly byDifficulty: {
    readonly [Difficulty in keyof typeof difficulties]: ExpectedSamples & { readonly usd: KnownOrUnknown };
  };
  /** The full vote for every question. */
  readonly fullVoteUsd: KnownOrUnknown;
  /**
   * The full vote with the longest answers, what is asked about them included, every attempt succeeding; at most the budget. Attempts of unknown fate, which
   * are presumed spent, come on top: only a budget bounds them.
   */
  readonly worstCaseUsd: KnownOrUnknown;
}

/** What a run might take, before anything is sent. Dollars are for the whole run. */
export async function estimateRun(
  plan: RunPlan,
  provider: Provider,
  questions: QuestionSource,
  judge?: Provider,
): Promise<Estimate> {
  const followUp = followUpPlan(plan.policy, provider, judge);
  const { maxSamples, budgetUsd, auditShare = 0 } = plan.limits;
  const requests = await someRequests(plan, questions);
  const scale = questions.length / requests.length;
  const total = (usdOf: (request: SampleRequest) => KnownOrUnknown): KnownOrUnknown =>
    multipliedUsd(requests.map(usdOf).reduce(addedUsd, 0), scale);
  const expected = (samples: number): KnownOrUnknown =>
    total((request) => {
      const bought = Math.max(1, Math.round(samples));
      const asked = followUp === undefined ? 0 : expectedFollowUpUsd(followUp, request, maxSamples);
      return addedUsd(provider.expectedUsd(request, bought), multipliedUsd(asked, bought));
    });
  const of = (topProbability: number) => {
    const simulated = expectedSamples(plan.policy, maxSamples, topProbability);
    const early = expected(simulated.samples);
    // The rest of the full vote, for those that are audited.
    const audits = multipliedUsd(addedUsd(expected(maxSamples), multipliedUsd(early, -1)), auditShare);
    return { ...simulated, usd: addedUsd(early, audits) };
  };
  // Every sample a request of its own is the dearest way to ask.
  const worst = total((request) => {
    const asked = followUp === undefined ? 0 : worstFollowUpUsd(followUp, request, maxSamples);
    return multipliedUsd(addedUsd(provider.worstCaseUsd(request, 1), asked), maxSamples);
  });
  return {
    questions: questions.length,
    ...(followUp !== undefined && {
      followUps: { callsPerSample: callsPerSample(followUp, requests, maxSamples), asked: followUp.asked.id },
    }),
    byDifficulty: { easy: of(difficulties.easy), mixed: of(difficulties.mixed), hard: of(difficulties.hard) },
    fullVoteUsd: expected(maxSamples),
    worstCaseUsd: budgetUsd === undefined ? worst : worst === "unknown" ? worst : Math.min(worst, budgetUsd),
  };
}

/**
 * What a request for one more sample costs on average. Independent of limits, so that they may change while a policy that
 * was priced by it stays the same.
 */
export async function expectedSampleUsd(
  prompting: RunPlan["prompting"],
  provider: Provider,
  questions: QuestionSource,
): Promise<KnownOrUnknown> {
  const requests = await someRequests({ prompting, limits: {} }, questions);
  const total = requests.map((request) => provider.expectedUsd(request, 1)).reduce(addedUsd, 0);
  return multipliedUsd(total, 1 / Math.max(1, requests.length));
}

async function someRequests(plan: Asking, questions: QuestionSource): Promise<SampleRequest[]> {
  const number = Math.min(lookedAt, questions.length);
  const requests: SampleRequest[] = [];
  for (let i = 0; i < number; i += 1) {
    const question = await questions.at(Math.floor((i * questions.length) / number));
    requests.push({
      question,
      messages: messagesFor(question, plan.prompting),
      ...(plan.limits.maxTokens !== undefined && { maxTokens: plan.limits.maxTokens }),
      signals: [],
      keepTokens: false,
    });
  }
  return requests;
}
