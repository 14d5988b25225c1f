import type { AnswerDistribution, TokenLogprob } from "@quorate/core";
import { type Elicitor, type Measured, scoreOf } from "./elicitor.ts";
import { answerTokens } from "./tokens/answer-tokens.ts";
import { optionIn, optionMasses } from "./tokens/option-masses.ts";

const letters = 26;

/**
 * P_IC, the internal confidence of "Confidence Under the Hood" (2405.16282): at the token that gives the answer, the
 * probability of the chosen option over that of all options, each that of its likeliest spelling. The ratio that the paper
 * prints; the released code has exp(P_M − P_S) instead. For answers that are option letters.
 *
 * Options that none of the tokens shown spells count 0, so the score is an upper bound. The same probabilities, all
 * spellings of an option together, are the sample's distribution over the options.
 */
export const internal: Elicitor = {
  name: "internal",
  needs: "internal",
  score: scoreOf("internal"),
  measure: {
    needs: { tokens: true, topLogprobs: 2, options: true },
    read({ tokens, extraction }, { kind, options }) {
      if (extraction.kind === "abstention" || kind !== "choice" || options === undefined) return {};
      const place = answerTokens(tokens, extraction.answer)?.find(({ token }) => optionIn(token) !== undefined);
      return place === undefined ? {} : internalConfidence(place, extraction.answer, Math.min(letters, options.length));
    },
  },
};

/** @param answer a letter */
export function internalConfidence(place: TokenLogprob, answer: string, optionCount: number): Measured {
  const chosen = optionIn(answer);
  if (place.top === undefined || chosen === undefined) return {};
  const { highest, total } = optionMasses(place, optionCount);
  const ofChosen = highest[chosen] ?? 0;
  if (ofChosen === 0) return place.logprob === "censored" ? { reading: "censored" } : {};
  const sum = highest.reduce((all, mass) => all + mass, 0);
  return { reading: ofChosen / sum, distribution: distributionOf(total) };
}

function distributionOf(masses: readonly number[]): AnswerDistribution {
  const sum = masses.reduce((all, mass) => all + mass, 0);
  return masses.flatMap((mass, option) =>
    mass > 0 ? [{ answer: String.fromCharCode(65 + option), probability: mass / sum }] : [],
  );
}
