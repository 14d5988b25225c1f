import type { Answer } from "@quorate/core";
import { plainCharacters } from "./characters.ts";
import { latexToText } from "./latex-text.ts";
import { candidateLength } from "./limits.ts";
import { type NumberToken, numberTokens } from "./number-tokens.ts";
import { found, type Reading } from "./reading.ts";
import { settle } from "./settle.ts";
import { canonicalText } from "./text.ts";

const words = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const emphasis = /\*\*|__|`|(?<![\w)*] ?)\*(?=\S)|(?<=\S)\*(?! ?[\w(*])/g;
const tag = /<\/?[a-z]{1,12} ?\/?>/gi;
const sentenceEnd = /[.!?;](?:\s|$)|\n/g;
const equality = /[=≈≃≅]/;
const negated = /(?:\b(?:not|never|cannot be)|n't)(?: (?!but\b)[a-z]+){0,2} ?$/i;
const declined =
  /\b(?:cannot|can't|unable|unknown|undetermined|indeterminate|undefined|impossible|insufficient|not enough|no answer)\b/i;
const hedge = /\b(?:between|either|both|from|if|or|and|than|most|least)\b/i;
const joins = /^[\s,;&|/]*$|\b(?:or|and|to|of)\b/i;
/** One word between two numbers is the unit of a compound quantity, as in 5 feet 3 inches, unless it begins a clause. */
const compound = /^ ?(?!(?:because|since|as|in|for|per|with|after|when|using|by)\b)[a-z]+\.? ?$/i;

/** Numbers, with units, currencies and percent signs dropped. */
export function canonicalNumber(answer: string): Answer {
  return settle((text) => {
    const reading = readNumber(text);
    return typeof reading === "string" ? canonicalText(text) : reading.answer;
  }, answer);
}

/** The number that a short passage gives as its answer. */
export function readNumber(passage: string): Reading {
  if (passage.length > candidateLength) return "unclear";
  const plain = numberText(passage);
  const word = words.indexOf(plain.replace(/^[\s"'(]+|[\s"').!]+$/g, "").toLowerCase());
  if (word !== -1) return found(String(word));
  if (declined.test(plain)) return "unclear";
  const sides = firstSentence(plain).split(equality);
  for (const side of sides.reverse()) {
    const reading = choose(side);
    if (reading !== "nothing") return reading;
  }
  return "nothing";
}

/** Only when the whole of it is a number, with nothing but a sign or currency around it. */
export function wholeNumber(passage: string): Answer | undefined {
  if (passage.length > candidateLength) return undefined;
  const plain = numberText(passage).trim();
  const [token, ...others] = numberTokens(plain);
  if (token === undefined || others.length > 0 || token.start > 0 || !/^\s*\.?$/.test(plain.slice(token.end))) {
    return undefined;
  }
  return token.value;
}

export function numberText(passage: string): string {
  return latexToText(plainCharacters(passage)).replace(emphasis, "").replace(tag, " ");
}

function firstSentence(text: string): string {
  const firstDigit = text.search(/\d/);
  if (firstDigit === -1) return text;
  sentenceEnd.lastIndex = firstDigit;
  const end = sentenceEnd.exec(text);
  return end ? text.slice(0, end.index) : text;
}

function choose(text: string): Reading {
  const tokens = numberTokens(text);
  if (tokens.length === 0) return "nothing";
  const kept = tokens.filter((token) => !negated.test(text.slice(Math.max(0, token.start - 40), token.start)));
  const [first, second] = kept;
  if (first?.value === undefined) return "unclear";
  if (kept.every(({ value }) => value === first.value)) return found(first.value);
  return second !== undefined && leads(text, tokens, first, second) ? found(first.value) : "unclear";
}

/** The first of several numbers is the answer when the passage opens with it and the next is not its equal. */
function leads(text: string, tokens: readonly NumberToken[], first: NumberToken, second: NumberToken): boolean {
  const opening = text.slice(tokens[0] === first ? 0 : (tokens[0]?.end ?? 0), first.start);
  const fewWords = opening.trim().split(/\s+/).length <= 3;
  const link = text.slice(first.end, second.start);
  return fewWords && !hedge.test(opening) && !joins.test(link) && !compound.test(link);
}
