import { z } from "zod";
import { certificates, defineRule, type RuleDefinition, type Verdict } from "./rule.ts";

export type Stopped = Extract<Verdict, { stop: true }>;

/** A rule made of rules: `combine` turns the verdicts of its members, in the order written, into one. */
export function defineCombinator(
  name: string,
  combine: (verdicts: readonly Verdict[], left: number) => Verdict,
): RuleDefinition {
  return defineRule({
    name,
    parameters: (member) => z.strictObject({ rules: z.array(member).min(1) }),
    members: ({ rules }) => rules,
    create({ rules }, build) {
      const members = rules.map(build);
      return {
        init: (context) => members.map((member) => member.init(context)),
        observe: (states: readonly unknown[], sample, tally) =>
          members.map((member, i) => member.observe(states[i], sample, tally)),
        verdict: (states, tally, left) =>
          combine(
            members.map((member, i) => member.verdict(states[i], tally, left)),
            left,
          ),
      };
    },
  });
}

export function strength(verdict: Stopped): number {
  return certificates.indexOf(verdict.certificate);
}
