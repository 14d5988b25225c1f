import type { Usd } from "../money/usd.ts";
import type { RuleSpec } from "../stopping/rule.ts";
import { type Policy, parsePolicy } from "./schema.ts";
import { withoutFits } from "./without-fits.ts";

/** What a right answer is worth, and what a sample costs where the policy does not say. */
export interface Prices {
  readonly answerUsd: Usd;
  readonly sampleUsd: Usd;
}

/**
 * The policy, stopping also when no number of further samples is worth its price: a `value` rule beside what it has. A
 * `value` rule that is there already keeps its own prices and gets the worth of an answer.
 *
 * @throws QuorateError `bad-policy` for prices out of range
 */
export function withValue(policy: Policy, { answerUsd, sampleUsd }: Prices): Policy {
  const { stop } = policy;
  const has = hasValue(policy);
  const rules = membersOf(stop).map((rule) => (rule.rule === "value" ? { ...rule, answerUsd } : rule));
  if (!has) rules.push({ rule: "value", answerUsd, sampleUsd });
  return parsePolicy(
    { ...withoutFits(policy), stop: rules.length === 1 ? rules[0] : { rule: "any", rules } },
    `policy with --value`,
  );
}

/** Whether the policy says itself what a sample costs. */
export function hasValue({ stop }: Policy): boolean {
  return membersOf(stop).some(({ rule }) => rule === "value");
}

function membersOf(stop: RuleSpec): RuleSpec[] {
  return stop.rule === "any" ? [...(stop.rules as readonly RuleSpec[])] : [stop];
}
