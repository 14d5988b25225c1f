import { answerKinds, type FinishReason, type Question, type TokenLogprob } from "@quorate/core";
import {
  amountOf,
  countOf,
  distributionOf,
  extractionOf,
  type Fields,
  isFields,
  isMissing,
  logprobOf,
  messagesOf,
  signalsOf,
  textOf,
  textsOf,
  usageOf,
  type Writable,
} from "./fields.ts";
import { type Place, wrongField } from "./place.ts";
import type { RecordedSample } from "./trace-file.ts";

export function readQuestion(recorded: Fields, place: Place): Question {
  const kind = answerKinds.find((known) => known === recorded.kind);
  if (kind === undefined) throw wrongField(place, "question.kind", answerKinds.join(", "), recorded.kind);
  const question: Writable<Question> = { id: textOf(recorded.id, "question.id", place), kind };
  const { text, messages, options, gold, group, category } = recorded;
  if (!isMissing(text)) question.text = textOf(text, "question.text", place);
  if (!isMissing(messages)) question.messages = messagesOf(messages, "question.messages", place);
  if (!isMissing(options)) question.options = textsOf(options, "question.options", place);
  if (!isMissing(gold)) question.gold = textOf(gold, "question.gold", place);
  if (!isMissing(group)) question.group = textOf(group, "question.group", place);
  if (!isMissing(category)) question.category = textOf(category, "question.category", place);
  return question;
}

const finishReasons: readonly FinishReason[] = ["stop", "length", "content-filter", "refusal", "other"];

export function readSample(recorded: Fields, place: Place): RecordedSample {
  const { wave, text, detail, finishReason, usage, costUsd, latencyMs, distribution, tokens, model } = recorded;
  const sample: Writable<RecordedSample> = {
    index: countOf(recorded.index, "sample.index", place),
    wave: isMissing(wave) ? 0 : countOf(wave, "sample.wave", place),
    extraction: extractionOf(recorded.extraction, "sample.extraction", place),
    signals: signalsOf(recorded.signals ?? {}, "sample.signals", place),
  };
  if (!isMissing(text)) sample.text = textOf(text, "sample.text", place);
  if (!isMissing(detail)) sample.detail = textOf(detail, "sample.detail", place);
  if (!isMissing(finishReason)) {
    const known = finishReasons.find((reason) => reason === finishReason);
    if (known === undefined) throw wrongField(place, "sample.finishReason", finishReasons.join(", "), finishReason);
    sample.finishReason = known;
  }
  if (!isMissing(usage)) sample.usage = usageOf(usage, "sample.usage", place);
  if (!isMissing(costUsd)) sample.costUsd = amountOf(costUsd, "sample.costUsd", place);
  if (!isMissing(latencyMs)) sample.latencyMs = amountOf(latencyMs, "sample.latencyMs", place);
  if (!isMissing(distribution)) sample.distribution = distributionOf(distribution, "sample.distribution", place);
  if (!isMissing(tokens)) sample.tokens = tokensOf(tokens, place);
  if (!isMissing(model)) sample.model = textOf(model, "sample.model", place);
  return sample;
}

function tokensOf(value: unknown, place: Place): readonly TokenLogprob[] {
  if (!Array.isArray(value)) throw wrongField(place, "sample.tokens", "a list of tokens", value);
  return value.map((one: unknown, index) => {
    const at = `sample.tokens[${index}]`;
    if (!isFields(one)) throw wrongField(place, at, "a token with its log-probability", one);
    return {
      token: textOf(one.token, `${at}.token`, place),
      logprob: logprobOf(one.logprob, `${at}.logprob`, place),
      ...(!isMissing(one.top) && { top: topOf(one.top, `${at}.top`, place) }),
    };
  });
}

function topOf(value: unknown, field: string, place: Place): NonNullable<TokenLogprob["top"]> {
  if (!Array.isArray(value)) throw wrongField(place, field, "a list of tokens", value);
  return value.map((one: unknown, index) => {
    const at = `${field}[${index}]`;
    const logprob = isFields(one) ? logprobOf(one.logprob, `${at}.logprob`, place) : "censored";
    if (!isFields(one) || logprob === "censored") {
      throw wrongField(place, at, "a token with its log-probability", one);
    }
    return { token: textOf(one.token, `${at}.token`, place), logprob };
  });
}
