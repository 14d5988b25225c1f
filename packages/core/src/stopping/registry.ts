import { all } from "./all.ts";
import { any } from "./any.ts";
import { ascD } from "./asc-d.ts";
import { bayesL3 } from "./bayes-l3.ts";
import { beacon } from "./beacon.ts";
import { beta } from "./beta.ts";
import { cges } from "./cges.ts";
import { crp } from "./crp.ts";
import { curtailed } from "./curtailed.ts";
import { dirichlet } from "./dirichlet.ts";
import { eProcess } from "./e-process.ts";
import { entropy } from "./entropy.ts";
import { firstPair } from "./first-pair.ts";
import { fixed } from "./fixed.ts";
import { gate } from "./gate.ts";
import { horizon } from "./horizon.ts";
import { lead } from "./lead.ts";
import { learned } from "./learned.ts";
import { majority } from "./majority.ts";
import { mmc } from "./mmc.ts";
import { msprt } from "./msprt.ts";
import { ppr } from "./ppr.ts";
import { rasc } from "./rasc.ts";
import { reasc } from "./reasc.ts";
import type { RuleDefinition, RuleNeed, RuleSpec, StoppingRule } from "./rule.ts";
import { share } from "./share.ts";
import { sprt } from "./sprt.ts";
import { threshold } from "./threshold.ts";
import { value } from "./value.ts";
import { window } from "./window.ts";
import { withoutReplacement } from "./without-replacement.ts";

/** Every stopping rule there is. A new rule is a file, its test and a line here. */
export const ruleDefinitions: readonly RuleDefinition[] = [
  all,
  any,
  ascD,
  bayesL3,
  beacon,
  beta,
  crp,
  cges,
  curtailed,
  firstPair,
  dirichlet,
  entropy,
  eProcess,
  fixed,
  gate,
  horizon,
  lead,
  majority,
  msprt,
  rasc,
  reasc,
  mmc,
  ppr,
  learned,
  share,
  sprt,
  threshold,
  value,
  window,
  withoutReplacement,
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
export function needsOf(spec: RuleSpec): Set<RuleNeed> {
  const definition = byName.get(spec.rule)!;
  return new Set([...definition.needs(spec), ...definition.members(spec).flatMap((member) => [...needsOf(member)])]);
}
