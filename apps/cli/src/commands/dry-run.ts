import type { KnownOrUnknown } from "@quorate/core";
import type { Provider } from "@quorate/providers";
import { type Estimate, estimateRun, type QuestionSource, type RunPlan } from "@quorate/runs";
import { count, decimal, dollars, duration, percent } from "../screen/numbers.ts";

/** For the time estimate only: how long a request to a hosted model usually takes. */
const typicalRequestMs = 4000;

export interface EstimateOptions {
  readonly plan: RunPlan;
  readonly provider: Provider;
  readonly judge?: Provider;
  readonly questions: QuestionSource;
  readonly asJson: boolean;
}

/** What a run would take; nothing is sent. */
export async function printEstimate({ plan, provider, judge, questions, asJson }: EstimateOptions): Promise<void> {
  const estimate = await estimateRun(plan, provider, questions, judge);
  if (asJson) {
    process.stdout.write(`${JSON.stringify(estimate)}\n`);
    return;
  }
  const { maxSamples, concurrency, auditShare = 0, totalSamples, allocate } = plan.limits;
  const lines = [
    `${count(questions.length)} questions, policy ${plan.policy.name}, at most ${maxSamples} samples each, ${provider.id}`,
    "",
    "if the model mostly   samples   rounds        cost        time",
    ...Object.entries(estimate.byDifficulty).map(([difficulty, { samples, rounds, usd }]) => {
      const requests = provider.can.samplesPerRequest > 1 ? rounds : samples;
      const timeMs = (questions.length * requests * typicalRequestMs) / concurrency;
      const cells = [decimal(samples).padStart(7), decimal(rounds).padStart(8), cost(usd).padStart(11)];
      return `${says[difficulty]?.padEnd(20)} ${cells.join(" ")} ${duration(Math.max(timeMs, rounds * typicalRequestMs)).padStart(11)}`;
    }),
    "",
    ...(auditShare > 0 ? [`costs include the full vote for ${percent(auditShare)} of the questions, audited`, ""] : []),
    ...callLines(estimate.followUps, plan),
    ...(totalSamples === undefined
      ? []
      : [`at most     ${count(totalSamples)} samples of all questions together, allocated by ${allocate}`]),
    `full vote   about ${cost(estimate.fullVoteUsd)}`,
    `at most     ${cost(estimate.worstCaseUsd)}, failed attempts aside${plan.limits.budgetUsd === undefined ? "" : ` (budget ${dollars(plan.limits.budgetUsd)})`}`,
    "",
    `Costs guess 300 tokens an answer, times ${typicalRequestMs / 1000} s a request at concurrency ${concurrency}. For real figures replay`,
    "recorded samples of your own: quorate eval RUN/samples.jsonl.",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function callLines(followUps: Estimate["followUps"], { policy }: RunPlan): string[] {
  if (followUps === undefined) return [];
  const { callsPerSample, asked } = followUps;
  const calls = callsPerSample === 1 ? "one more call" : `at most ${count(callsPerSample)} more calls`;
  return [`costs include ${policy.confidence?.elicitor}: ${calls} a sample, to ${asked}`, ""];
}

const says: Readonly<Record<string, string>> = {
  easy: "agrees (95 %)",
  mixed: "agrees often (75 %)",
  hard: "disagrees (45 %)",
};

function cost(usd: KnownOrUnknown): string {
  return usd === "unknown" ? "unknown" : dollars(usd);
}
