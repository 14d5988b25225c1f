import { Tally } from "../../tally/tally.ts";
import { buildRule } from "../registry.ts";
import type { CountedSample, RuleContext, RuleSpec, Verdict } from "../rule.ts";
import { ruleSpecSchema } from "../spec.ts";

const context: RuleContext = { maxSamples: 40, weightRange: { min: 1, max: 1 }, weightsShift: false, calibrated: true };

type Vote = Extract<CountedSample, { kind: "vote" }>;

export const abstention: CountedSample = { kind: "abstention" };

/** A vote of weight 1. */
export function vote(answer: string, confidence?: number, distribution?: Vote["distribution"]): CountedSample {
  return {
    kind: "vote",
    answer,
    weight: 1,
    ...(confidence !== undefined && { confidence }),
    ...(distribution !== undefined && { distribution }),
  };
}

/** Letters as votes without a confidence. */
export function letters(text: string): CountedSample[] {
  return [...text].map((letter) => vote(letter));
}

/** What the rule says once these samples have counted. */
export function verdictAfter(
  spec: RuleSpec,
  samples: readonly CountedSample[],
  options: Partial<RuleContext> = {},
): Verdict {
  const rule = buildRule(ruleSpecSchema.parse(spec));
  const given = { ...context, ...options };
  let tally = Tally.empty();
  let state = rule.init(given);
  for (const sample of samples) {
    tally = sample.kind === "vote" ? tally.add(sample.answer, sample.weight) : tally.abstain();
    state = rule.observe(state, sample, tally);
  }
  return rule.verdict(state, tally, given.maxSamples - tally.sampleCount);
}
