import { type AnswerSource, drawAnswer, likeliestAnswer } from "./answer-source.ts";
import type { ChatRequest } from "./chat-request.ts";
import type { Options } from "./options.ts";
import type { BilledUsage } from "./price.ts";
import type { Prompt } from "./prompts.ts";
import { writeResponse } from "./prose.ts";
import { hashText, logNormal, type Random, seededRandom } from "./seeded-random.ts";
import { takeTokens } from "./tokens.ts";

export interface Choice {
  readonly index: number;
  /** What the response says; `null` when it says nothing or was cut before it. */
  readonly answer: string | null;
  readonly probability: number;
  readonly text: string;
  readonly answerStart: number;
  readonly refusal: string | undefined;
  readonly finishReason: "stop" | "length" | "content_filter";
  /** Of the text. */
  readonly tokens: number;
  readonly reasoningTokens: number;
  /** Continues the draws of this sample, for its logprobs. */
  readonly random: Random;
  readonly source: AnswerSource;
}

/** The number of the request's first sample: from its seed, else the count of samples of this prompt so far. */
export function takeSampleNumbers(prompt: Prompt, chat: ChatRequest): number {
  if (chat.seed !== undefined) return chat.seed;
  const first = prompt.samplesServed;
  prompt.samplesServed += chat.n;
  return first;
}

export function generate(prompt: Prompt, chat: ChatRequest, firstSample: number, options: Options): Choice[] {
  return Array.from({ length: chat.n }, (_, index) => generateOne(prompt, chat, firstSample, index, options));
}

function generateOne(prompt: Prompt, chat: ChatRequest, firstSample: number, index: number, options: Options): Choice {
  const { source } = prompt;
  const number = firstSample + index;
  const greedy = chat.greedy && source.scripted === undefined;
  const random = seededRandom(options.seed, prompt.high, prompt.low, hashText(prompt.model), greedy ? 0 : number);
  const draw = random();
  const drawn = greedy ? likeliestAnswer(source) : drawAnswer(source, number, draw);
  const response = writeResponse(drawn, source, chat.wantsJson, random);
  const reasoningTokens = Math.min(chat.maxTokens, reasoningLength(options, random));
  const taken = takeTokens(response.text, chat.maxTokens - reasoningTokens);
  const cut = taken.text.length < response.text.length;
  const answerLost = cut && (drawn.answer === null || response.answerStart + drawn.answer.length > taken.text.length);
  return {
    index,
    answer: answerLost ? null : drawn.answer,
    probability: drawn.probability,
    text: taken.text,
    answerStart: answerLost ? -1 : response.answerStart,
    refusal: undefined,
    finishReason: cut ? "length" : "stop",
    tokens: taken.tokens,
    reasoningTokens,
    random,
    source,
  };
}

export function usageOf(choices: readonly Choice[], inputTokens: number, cachedInputTokens: number): BilledUsage {
  let outputTokens = 0;
  let reasoningTokens = 0;
  for (const choice of choices) {
    outputTokens += choice.tokens + choice.reasoningTokens;
    reasoningTokens += choice.reasoningTokens;
  }
  return { inputTokens, cachedInputTokens, outputTokens, reasoningTokens };
}

export function cachedTokens(prompt: Prompt, { promptCache }: Options): number {
  if (promptCache === undefined || !prompt.warm || prompt.tokens < promptCache.minimumTokens) return 0;
  return prompt.tokens - (prompt.tokens % promptCache.blockTokens);
}

function reasoningLength({ reasoningTokens }: Options, random: Random): number {
  return reasoningTokens === undefined
    ? 0
    : Math.round(logNormal(random, reasoningTokens.median, reasoningTokens.sigma));
}
