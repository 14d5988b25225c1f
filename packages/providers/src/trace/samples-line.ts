import { answerKinds, type FinishReason, type Question, type Reading, type TokenLogprob } from "@quorate/core";
import {
  amountOf,
  countOf,
  distributionOf,
  extractionOf,
  type Fields,
  followUpOf,
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
import type { RecordedCall, RecordedSample } from "./trace-file.ts";

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

function finishReasonOf(value: unknown, field: string, place: Place): FinishReason {
  const known = finishReasons.find((reason) => reason === value);
  if (known === undefined) throw wrongField(place, field, finishReasons.join(", "), value);
  return known;
}

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
  if (!isMissing(finishReason)) sample.finishReason = finishReasonOf(finishReason, "sample.finishReason", place);
  if (!isMissing(usage)) sample.usage = usageOf(usage, "sample.usage", place);
  if (!isMissing(costUsd)) sample.costUsd = amountOf(costUsd, "sample.costUsd", place);
  if (!isMissing(latencyMs)) sample.latencyMs = amountOf(latencyMs, "sample.latencyMs", place);
  if (!isMissing(distribution)) sample.distribution = distributionOf(distribution, "sample.distribution", place);
  if (!isMissing(tokens)) sample.tokens = tokensOf(tokens, "sample.tokens", place);
  if (Array.isArray(recorded.followUps)) {
    sample.followUps = recorded.followUps.map((one, index) => followUpOf(one, `sample.followUps[${index}]`, place));
  }
  if (!isMissing(model)) sample.model = textOf(model, "sample.model", place);
  return sample;
}

/** The sample as it is after something was asked about it: an earlier number of the same elicitor no longer stands. */
export function withFollowUp(sample: RecordedSample, recorded: Fields, place: Place): RecordedSample {
  const followUp = followUpOf(recorded, "followUp", place);
  const { [followUp.elicitor as keyof RecordedSample["signals"]]: _, ...others } = sample.signals;
  return {
    ...sample,
    signals: { ...others, ...signalsOf(recorded.signals ?? {}, "followUp.signals", place) },
    followUps: [...(sample.followUps ?? []), followUp],
  };
}

export function readCall(recorded: Fields, place: Place): RecordedCall {
  const { usage, costUsd, latencyMs, logprobs, text, finishReason, tokens } = recorded;
  return {
    key: textOf(recorded.key, "call.key", place),
    reply: isMissing(logprobs)
      ? {
          kind: "reply",
          text: textOf(text, "call.text", place),
          finishReason: finishReasonOf(finishReason, "call.finishReason", place),
          ...(!isMissing(tokens) && { tokens: tokensOf(tokens, "call.tokens", place) }),
        }
      : { kind: "scores", logprobs: scoresOf(logprobs, place) },
    ...(!isMissing(usage) && { usage: usageOf(usage, "call.usage", place) }),
    ...(!isMissing(costUsd) && { costUsd: amountOf(costUsd, "call.costUsd", place) }),
    ...(!isMissing(latencyMs) && { latencyMs: amountOf(latencyMs, "call.latencyMs", place) }),
  };
}

function scoresOf(value: unknown, place: Place): readonly Reading[] {
  if (!Array.isArray(value)) throw wrongField(place, "call.logprobs", "a list of log-probabilities", value);
  return value.map((one: unknown, index) => logprobOf(one, `call.logprobs[${index}]`, place));
}

function tokensOf(value: unknown, field: string, place: Place): readonly TokenLogprob[] {
  if (!Array.isArray(value)) throw wrongField(place, field, "a list of tokens", value);
  return value.map((one: unknown, index) => {
    const at = `${field}[${index}]`;
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
