import {
  type AbstentionReason,
  type AnswerDistribution,
  type Extraction,
  type FollowUp,
  followUpGaps,
  type Message,
  type Reading,
  type SignalRange,
  type Signals,
  signalRange,
  type Usage,
} from "@quorate/core";
import { type Place, wrongField } from "./place.ts";

/** A JSON object whose fields have not been looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** For building readonly shapes step by step; faster than spreading optional parts. */
export type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Null and absent mean the same in a recording: not recorded. */
export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

export function textOf(value: unknown, field: string, place: Place): string {
  if (typeof value !== "string") throw wrongField(place, field, "a text", value);
  return value;
}

export function countOf(value: unknown, field: string, place: Place): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw wrongField(place, field, "a whole number of at least 0", value);
  }
  return value;
}

export function amountOf(value: unknown, field: string, place: Place): number {
  if (typeof value !== "number" || !(value >= 0)) throw wrongField(place, field, "a number of at least 0", value);
  return value;
}

export function probabilityOf(value: unknown, field: string, place: Place): number {
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) {
    throw wrongField(place, field, "a number from 0 to 1", value);
  }
  return value;
}

/** At or below this, OpenAI means that the token was outside its top 20. */
export const censoredLogprob = -9000;

export function logprobOf(value: unknown, field: string, place: Place): Reading {
  if (value === "censored") return value;
  if (typeof value !== "number" || !(value <= 0)) throw wrongField(place, field, "a number of at most 0", value);
  return value <= censoredLogprob ? "censored" : value;
}

export function textsOf(value: unknown, field: string, place: Place): readonly string[] {
  if (!Array.isArray(value)) throw wrongField(place, field, "a list of texts", value);
  return value.map((one, index) => textOf(one, `${field}[${index}]`, place));
}

const roles = ["system", "user", "assistant", "developer"] as const;

export function messagesOf(value: unknown, field: string, place: Place): readonly Message[] {
  if (!Array.isArray(value)) throw wrongField(place, field, "a list of messages", value);
  return value.map((one: unknown, index) => {
    const at = `${field}[${index}]`;
    if (!isFields(one)) throw wrongField(place, at, "a message", one);
    const role = roles.find((known) => known === one.role);
    if (role === undefined) throw wrongField(place, `${at}.role`, roles.join(", "), one.role);
    return { role, content: textOf(one.content, `${at}.content`, place) };
  });
}

const reasons = {
  "no-answer": true,
  refused: true,
  truncated: true,
  empty: true,
  failed: true,
  cancelled: true,
  recorded: true,
} as const satisfies Record<AbstentionReason, true>;

export function extractionOf(value: unknown, field: string, place: Place): Extraction {
  if (!isFields(value)) throw wrongField(place, field, "an answer or an abstention", value);
  const { kind, reason } = value;
  if (kind === "answer") return { kind, answer: textOf(value.answer, `${field}.answer`, place) };
  if (kind !== "abstention") throw wrongField(place, `${field}.kind`, '"answer" or "abstention"', kind);
  if (typeof reason !== "string" || !Object.hasOwn(reasons, reason)) {
    throw wrongField(place, `${field}.reason`, Object.keys(reasons).join(", "), reason);
  }
  return { kind, reason: reason as AbstentionReason };
}

/** Probabilities that are written with few digits may add up to a little more than 1. */
const roundingOfSum = 1e-3;

export function distributionOf(value: unknown, field: string, place: Place): AnswerDistribution {
  if (!Array.isArray(value) || value.length === 0) throw wrongField(place, field, "a list of answers", value);
  const seen = new Set<string>();
  let sum = 0;
  const distribution = value.map((one: unknown, index) => {
    const at = `${field}[${index}]`;
    if (!isFields(one)) throw wrongField(place, at, "an answer with its probability", one);
    const answer = textOf(one.answer, `${at}.answer`, place);
    if (seen.has(answer)) throw wrongField(place, `${at}.answer`, "each answer once", answer);
    seen.add(answer);
    const probability = probabilityOf(one.probability, `${at}.probability`, place);
    sum += probability;
    return { answer, probability };
  });
  if (sum > 1 + roundingOfSum) throw wrongField(place, field, "probabilities that add up to at most 1", sum);
  return distribution;
}

export function usageOf(value: unknown, field: string, place: Place): Usage {
  if (!isFields(value)) throw wrongField(place, field, "the tokens used", value);
  const usage: Writable<Usage> = {
    inputTokens: countOf(value.inputTokens, `${field}.inputTokens`, place),
    outputTokens: countOf(value.outputTokens, `${field}.outputTokens`, place),
  };
  for (const key of ["cachedInputTokens", "reasoningTokens"] as const) {
    if (!isMissing(value[key])) usage[key] = countOf(value[key], `${field}.${key}`, place);
  }
  return usage;
}

/** Signals of kinds that this version does not know are left out. */
export function signalsOf(value: unknown, field: string, place: Place): Signals {
  if (!isFields(value)) throw wrongField(place, field, "an object of signals", value);
  const signals: { [kind: string]: Reading } = {};
  for (const [kind, reading] of Object.entries(value)) {
    const range = signalRange(kind);
    if (range === undefined || isMissing(reading)) continue;
    signals[kind] = reading === "censored" ? reading : readingIn[range](reading, `${field}.${kind}`, place);
  }
  return signals;
}

const readingIn = {
  probability: probabilityOf,
  logprob: logprobOf,
  score: amountOf,
} as const satisfies Record<SignalRange, (value: unknown, field: string, place: Place) => Reading>;

export function followUpOf(value: unknown, field: string, place: Place): FollowUp {
  if (!isFields(value)) throw wrongField(place, field, "what was asked about a sample", value);
  const followUp: Writable<FollowUp> = {
    elicitor: textOf(value.elicitor, `${field}.elicitor`, place),
    asked: textOf(value.asked, `${field}.asked`, place),
    options: isFields(value.options) ? value.options : {},
  };
  const { gap, bounds, detail } = value;
  if (!isMissing(gap)) {
    const known = followUpGaps.find((one) => one === gap);
    if (known === undefined) throw wrongField(place, `${field}.gap`, followUpGaps.join(", "), gap);
    followUp.gap = known;
  }
  if (!isMissing(detail)) followUp.detail = textOf(detail, `${field}.detail`, place);
  if (Array.isArray(bounds)) {
    const [low, high] = bounds as readonly unknown[];
    followUp.bounds = [
      probabilityOf(low, `${field}.bounds[0]`, place),
      probabilityOf(high, `${field}.bounds[1]`, place),
    ];
  }
  return followUp;
}
