import { buildRule, needsOf } from "../stopping/registry.ts";
import type { RuleContext, StoppingRule } from "../stopping/rule.ts";
import { buildWeighting } from "../weighting/registry.ts";
import type { Weighting } from "../weighting/weighting.ts";
import { type DecisionModel, decisionModelOf } from "./decision-model.ts";
import type { Policy } from "./schema.ts";

/** A policy ready to run: what is common to all questions is built once. */
export interface CompiledPolicy {
  readonly policy: Policy;
  readonly rule: StoppingRule<unknown>;
  /** Votes carry probabilities of being right. False without a confidence, and where it is a raw score. */
  readonly calibrated: boolean;
  /** The rule cannot work on a question that does not say how many answers are possible. */
  readonly needsAnswerCount: boolean;
  /** Absent where the policy knows no P(right) of its decisions. */
  readonly decisionModel?: DecisionModel;
  weightingFor(optionCount: number | undefined): Weighting;
}

export function compilePolicy(policy: Policy): CompiledPolicy {
  const weightings = new Map<number | undefined, Weighting>();
  const isRaw = policy.confidence?.calibrator.form === "raw";
  const decisionModel = decisionModelOf(policy);
  return {
    policy,
    ...(decisionModel !== undefined && { decisionModel }),
    rule: buildRule(policy.stop),
    calibrated: policy.confidence !== null && !isRaw,
    needsAnswerCount: needsOf(policy.stop).has("answer count"),
    weightingFor(optionCount) {
      let weighting = weightings.get(optionCount);
      if (weighting === undefined) {
        weighting = buildWeighting(policy.weighting, { isRaw, ...(optionCount !== undefined && { optionCount }) });
        weightings.set(optionCount, weighting);
      }
      return weighting;
    },
  };
}

export function ruleContext(
  compiled: CompiledPolicy,
  weighting: Weighting,
  { maxSamples, optionCount }: { readonly maxSamples: number; readonly optionCount?: number },
): RuleContext {
  return {
    maxSamples,
    ...weightsOf(weighting),
    calibrated: compiled.calibrated,
    ...(optionCount !== undefined && { optionCount }),
  };
}

function weightsOf(weighting: Weighting): Pick<RuleContext, "weightRange" | "weightsShift" | "weightsSettleAt"> {
  if (weighting.kind === "separate") return { weightRange: weighting.range, weightsShift: false };
  const { settles } = weighting;
  return settles === undefined
    ? { weightRange: { min: 0, max: Number.POSITIVE_INFINITY }, weightsShift: true }
    : { weightRange: settles.range, weightsShift: true, weightsSettleAt: settles.votes };
}
