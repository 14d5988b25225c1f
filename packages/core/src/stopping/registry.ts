import { all } from "./all.ts";
import { any } from "./any.ts";
import { beta } from "./beta.ts";
import { curtailed } from "./curtailed.ts";
import { fixed } from "./fixed.ts";
import { gate } from "./gate.ts";
import { lead } from "./lead.ts";
import { learned } from "./learned.ts";
import type { RuleDefinition, RuleSpec, StoppingRule } from "./rule.ts";
import { share } from "./share.ts";
import { threshold } from "./threshold.ts";
import { value } from "./value.ts";
import { window } from "./window.ts";

/** Every stopping rule there is. A new rule is a file, its test and a line here. */
export const ruleDefinitions: readonly RuleDefinition[] = [
  all,
  any,
  beta,
  curtailed,
  fixed,
  gate,
  lead,
  learned,
  share,
  threshold,
  value,
  window,
];

const byName = new Map(ruleDefinitions.map((definition) => [definition.name, definition]));

export function ruleNamed(name: string): RuleDefinition | undefined {
  return byName.get(name);
}

export function buildRule(spec: RuleSpec): StoppingRule<unknown> {
  return byName.get(spec.rule)!.create(spec, buildRule);
}

/** Whether the rule, or one that it combines, does better with a confidence that it can do without. */
export function welcomesConfidence(spec: RuleSpec): boolean {
  const definition = byName.get(spec.rule)!;
  return definition.welcomesConfidence || definition.members(spec).some(welcomesConfidence);
}

/** What the rule and all that it combines need from the samples. */
export function needsOf(spec: RuleSpec): Set<string> {
  const definition = byName.get(spec.rule)!;
  return new Set([...definition.needs(spec), ...definition.members(spec).flatMap((member) => [...needsOf(member)])]);
}
