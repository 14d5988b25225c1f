import { type Policy, QuorateError } from "@quorate/core";
import { answerProbability } from "./answer-probability.ts";
import type { Elicitor } from "./elicitor.ts";
import { entropy } from "./entropy.ts";
import { fidelity } from "./fidelity.ts";
import type { FollowUpElicitor } from "./follow-up.ts";
import { groupBottom } from "./group-bottom.ts";
import { groupLowest } from "./group-lowest.ts";
import { groupMean } from "./group-mean.ts";
import { groupTail } from "./group-tail.ts";
import { internal } from "./internal.ts";
import { jointElicitors } from "./joint/registry.ts";
import { linguistic } from "./linguistic.ts";
import { linguisticJudge } from "./linguistic-judge.ts";
import { meanTokenProbability } from "./mean-token-probability.ts";
import { pTrue } from "./p-true.ts";
import { recorded } from "./recorded.ts";
import { selfCertainty } from "./self-certainty.ts";
import { sequenceLikelihood } from "./sequence-likelihood.ts";
import { specialToken } from "./special-token.ts";
import { surrogate } from "./surrogate.ts";
import { tokenProbability } from "./token-probability.ts";
import { verbalNumeric } from "./verbal-numeric.ts";
import { verbalNumericFollowUp } from "./verbal-numeric-follow-up.ts";
import { verbalScale } from "./verbal-scale.ts";
import { verifier } from "./verifier.ts";

/** Every elicitor there is. A new one is a file, its test and a line here. */
export const elicitors: readonly Elicitor[] = [
  answerProbability,
  entropy,
  fidelity,
  groupBottom,
  groupLowest,
  groupMean,
  groupTail,
  internal,
  linguistic,
  linguisticJudge,
  meanTokenProbability,
  pTrue,
  recorded,
  selfCertainty,
  sequenceLikelihood,
  specialToken,
  surrogate,
  tokenProbability,
  verbalNumeric,
  verbalNumericFollowUp,
  verbalScale,
  verifier,
];

/** @throws QuorateError `bad-policy` listing the known names */
export function elicitorNamed(name: string): Elicitor {
  const elicitor = elicitors.find((candidate) => candidate.name === name);
  if (elicitor !== undefined) return elicitor;
  const isJoint = jointElicitors.some((joint) => joint.name === name);
  throw new QuorateError({
    code: "bad-policy",
    what: isJoint
      ? `"${name}" scores the samples of a question by each other: it is for studies and calibration, and in a vote would count the votes twice.`
      : `There is no elicitor "${name}".`,
    hint: `Known: ${elicitors.map((known) => known.name).join(", ")}.`,
  });
}

/** The elicitor that a policy names, with its window. @throws QuorateError `bad-policy` also where it cannot be calibrated so */
export function elicitorFor({ elicitor: name, window, calibrator }: NonNullable<Policy["confidence"]>): Elicitor {
  const named = elicitorNamed(name);
  if (window !== undefined && named.withWindow === undefined) {
    const windowed = elicitors.filter(({ withWindow }) => withWindow !== undefined);
    throw new QuorateError({
      code: "bad-policy",
      what: `The elicitor "${name}" looks at no groups of tokens, so it has no \`window\`.`,
      hint: `These do: ${windowed.map((known) => known.name).join(", ")}.`,
    });
  }
  if (named.isUnbounded && readsProbabilities(calibrator)) {
    throw new QuorateError({
      code: "bad-policy",
      what: `Scores of "${name}" have no upper end and are no probabilities, which the calibrator "${calibrator.form}" reads.`,
      hint: "Calibrate with table, steps or platt on `score`; or take the calibrator `raw` and a weighting that compares votes: borda, cut-below, rank-normal, top-share.",
    });
  }
  return window === undefined ? named : named.withWindow!(window);
}

function readsProbabilities(calibrator: NonNullable<Policy["confidence"]>["calibrator"]): boolean {
  switch (calibrator.form) {
    case "raw":
    case "steps":
    case "table":
      return false;
    case "platt":
      return calibrator.on === "logit";
    default:
      return true;
  }
}

/**
 * How the policy's elicitor asks about samples; undefined where it reads what they bring.
 *
 * @throws QuorateError `bad-policy` for an unknown elicitor or options that it does not take
 */
export function followUpFor(confidence: Policy["confidence"]): FollowUpElicitor | undefined {
  if (confidence === null) return undefined;
  const { elicitor: name, options } = confidence;
  const { followUp } = elicitorNamed(name);
  if (followUp !== undefined) return followUp(options);
  if (options === undefined || Object.keys(options).length === 0) return undefined;
  throw new QuorateError({ code: "bad-policy", what: `The elicitor ${name} takes no options.`, seen: options });
}
