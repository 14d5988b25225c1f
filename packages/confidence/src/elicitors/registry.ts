import { type Policy, QuorateError } from "@quorate/core";
import type { Elicitor } from "./elicitor.ts";
import { fidelity } from "./fidelity.ts";
import type { FollowUpElicitor } from "./follow-up.ts";
import { linguisticJudge } from "./linguistic-judge.ts";
import { pTrue } from "./p-true.ts";
import { recorded } from "./recorded.ts";
import { sequenceLikelihood } from "./sequence-likelihood.ts";
import { specialToken } from "./special-token.ts";
import { surrogate } from "./surrogate.ts";
import { tokenProbability } from "./token-probability.ts";
import { verbalNumericFollowUp } from "./verbal-numeric-follow-up.ts";
import { verbalScale } from "./verbal-scale.ts";
import { verifier } from "./verifier.ts";

/** Every elicitor there is. A new one is a file, its test and a line here. */
export const elicitors: readonly Elicitor[] = [
  fidelity,
  linguisticJudge,
  pTrue,
  recorded,
  sequenceLikelihood,
  specialToken,
  surrogate,
  tokenProbability,
  verbalNumericFollowUp,
  verbalScale,
  verifier,
];

/** @throws QuorateError `bad-policy` listing the known names */
export function elicitorNamed(name: string): Elicitor {
  const elicitor = elicitors.find((candidate) => candidate.name === name);
  if (elicitor !== undefined) return elicitor;
  throw new QuorateError({
    code: "bad-policy",
    what: `There is no elicitor "${name}".`,
    hint: `Known: ${elicitors.map((known) => known.name).join(", ")}.`,
  });
}

/**
 * How the policy's elicitor asks about samples; undefined where it reads what they bring.
 *
 * @throws QuorateError `bad-policy` for an unknown elicitor or options that it does not take
 */
export function followUpOf(confidence: Policy["confidence"]): FollowUpElicitor | undefined {
  if (confidence === null) return undefined;
  const { elicitor: name, options } = confidence;
  const { followUp } = elicitorNamed(name);
  if (followUp !== undefined) return followUp(options);
  if (options === undefined || Object.keys(options).length === 0) return undefined;
  throw new QuorateError({ code: "bad-policy", what: `The elicitor ${name} takes no options.`, seen: options });
}
