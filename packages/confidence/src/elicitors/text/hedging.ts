import { hedges, punts } from "./hedge-lexicon.ts";
import { saidAloud } from "./said-aloud.ts";
import { withoutStatedConfidence } from "./stated-confidence.ts";

const concluding = 3;

/** Longest first, so that "not sure" is not read as "sure". */
const expressions = new RegExp(
  `\\b(?:${Object.keys(hedges)
    .sort((a, b) => b.length - a.length)
    .join("|")})\\b`,
  "g",
);
const punting = new RegExp(`\\b(?:${punts.join("|")})\\b`);

/**
 * How sure a response sounds, in [0,1], by a list of English hedges. Half of it is the conclusion: the lowest weight in the
 * last three sentences. Half is the whole: the mean weight of all hedges. Without a hedge either is 1. A punt in the
 * conclusion makes it 0. Stated numbers are removed first. Undefined without words.
 */
export function soundOf(text: string): number | undefined {
  const said = withoutStatedConfidence(saidAloud(text)).replace(/[’`]/g, "'").toLowerCase();
  const sentences = said.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => /[a-z]/.test(sentence));
  if (sentences.length === 0) return undefined;
  const conclusion = sentences.slice(-concluding);
  if (conclusion.some((sentence) => punting.test(sentence))) return 0;
  const all = sentences.flatMap(weightsIn);
  const mean = all.length === 0 ? 1 : all.reduce((sum, weight) => sum + weight, 0) / all.length;
  return (Math.min(1, ...conclusion.flatMap(weightsIn)) + mean) / 2;
}

function weightsIn(sentence: string): number[] {
  return Array.from(sentence.matchAll(expressions), ([expression]) => hedges[expression]!);
}
