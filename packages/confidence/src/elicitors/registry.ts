import { QuorateError } from "@quorate/core";
import type { Elicitor } from "./elicitor.ts";
import { recorded } from "./recorded.ts";
import { sequenceLikelihood } from "./sequence-likelihood.ts";
import { specialToken } from "./special-token.ts";
import { tokenProbability } from "./token-probability.ts";

/** Every elicitor there is. A new one is a file, its test and a line here. */
export const elicitors: readonly Elicitor[] = [recorded, sequenceLikelihood, specialToken, tokenProbability];

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
