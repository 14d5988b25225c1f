import { type Policy, QuorateError } from "@quorate/core";
import { answerProbability } from "./answer-probability.ts";
import type { Elicitor } from "./elicitor.ts";
import { entropy } from "./entropy.ts";
import { groupBottom } from "./group-bottom.ts";
import { groupLowest } from "./group-lowest.ts";
import { groupMean } from "./group-mean.ts";
import { groupTail } from "./group-tail.ts";
import { internal } from "./internal.ts";
import { jointElicitors } from "./joint/registry.ts";
import { linguistic } from "./linguistic.ts";
import { meanTokenProbability } from "./mean-token-probability.ts";
import { recorded } from "./recorded.ts";
import { selfCertainty } from "./self-certainty.ts";
import { sequenceLikelihood } from "./sequence-likelihood.ts";
import { specialToken } from "./special-token.ts";
import { tokenProbability } from "./token-probability.ts";
import { verbalNumeric } from "./verbal-numeric.ts";

/** Every elicitor there is. A new one is a file, its test and a line here. */
export const elicitors: readonly Elicitor[] = [
  answerProbability,
  entropy,
  groupBottom,
  groupLowest,
  groupMean,
  groupTail,
  internal,
  linguistic,
  meanTokenProbability,
  recorded,
  selfCertainty,
  sequenceLikelihood,
  specialToken,
  tokenProbability,
  verbalNumeric,
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
