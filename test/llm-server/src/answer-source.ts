import type { DefaultBehaviour } from "./behaviour.ts";
import { seededRandom } from "./seeded-random.ts";

export interface DrawnAnswer {
  /** `null`: the response gives none. */
  readonly answer: string | null;
  readonly probability: number;
  readonly text: string | undefined;
}

/** Where the answers to one prompt come from. */
export interface AnswerSource {
  readonly answers: readonly DrawnAnswer[];
  readonly scripted: readonly DrawnAnswer[] | undefined;
  readonly fallsBackToAnswers: boolean;
  readonly format: "line" | "json" | "letter";
  readonly tokens: { readonly median: number; readonly sigma: number };
}

const defaultTokens = { median: 60, sigma: 0.4 };

/** What a question leaves out comes from the default; answers that nobody gave are invented from the prompt's hash. */
export function answerSource(
  question: DefaultBehaviour | undefined,
  fallback: DefaultBehaviour,
  hash: { readonly high: number; readonly low: number },
): AnswerSource {
  const says = question?.answers !== undefined || question?.scripted !== undefined ? question : fallback;
  const format = question?.format ?? fallback.format ?? "line";
  const text = question?.text ?? fallback.text;
  const difficulty = question?.difficulty ?? fallback.difficulty;
  return {
    answers:
      says.answers?.map((given) => ({ ...given, text: given.text ?? text })) ?? invent(hash, format, difficulty, text),
    scripted: says.scripted?.map((given) =>
      given === null || typeof given === "string"
        ? { answer: given, probability: 1, text }
        : { answer: given.answer, probability: 1, text: given.text ?? text },
    ),
    fallsBackToAnswers: says.answers !== undefined,
    format,
    tokens: question?.tokens ?? fallback.tokens ?? defaultTokens,
  };
}

export function drawAnswer(source: AnswerSource, sampleNumber: number, draw: number): DrawnAnswer {
  const { scripted } = source;
  if (scripted !== undefined) {
    const inScript = sampleNumber >= 0 && sampleNumber < scripted.length;
    if (inScript || !source.fallsBackToAnswers) {
      const position = ((sampleNumber % scripted.length) + scripted.length) % scripted.length;
      return scripted[position] ?? noAnswer;
    }
  }
  let left = draw;
  for (const candidate of source.answers) {
    left -= candidate.probability;
    if (left < 0) return candidate;
  }
  return noAnswer;
}

export function likeliestAnswer(source: AnswerSource): DrawnAnswer {
  return source.answers.reduce((best, next) => (next.probability > best.probability ? next : best), noAnswer);
}

const noAnswer: DrawnAnswer = { answer: null, probability: 0, text: undefined };

function invent(
  { high, low }: { readonly high: number; readonly low: number },
  format: AnswerSource["format"],
  givenDifficulty: number | undefined,
  text: string | undefined,
): DrawnAnswer[] {
  const random = seededRandom(high, low);
  const difficulty = givenDifficulty ?? random();
  const right = 1 + Math.floor(random() * 999);
  const distractors = 3;
  const missing = 0.05 * difficulty;
  const rightShare = 1 - 0.75 * difficulty;
  const wrongShares = [0.5, 0.3, 0.2].map((share) => share * (1 - rightShare - missing));
  const label = (offset: number) =>
    format === "letter"
      ? "ABCD".charAt((right + offset) % (distractors + 1))
      : String(right + offset * (1 + (low & 7)));
  return [rightShare, ...wrongShares].map((probability, offset) => ({
    answer: label(offset),
    probability: Math.max(0, probability),
    text,
  }));
}
