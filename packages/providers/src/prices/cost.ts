import type { KnownOrUnknown, Message, Usage, Usd } from "@quorate/core";
import { highestPricesUpTo, type ModelPrice, pricesAt } from "./model-price.ts";

const million = 1e6;
/** Around each message and around the whole, chat templates add a few tokens that no content shows. */
const templateTokensPerMessage = 8;
const templateTokens = 16;
/** For estimates: how much English text makes a token, and how long an answer with its reasoning usually is. */
const bytesPerToken = 4;
const typicalOutputTokens = 300;

/** What was billed, with the part that Quorate's usage does not keep. */
export interface BilledUsage extends Usage {
  readonly cacheWriteTokens?: number;
}

export interface Prompt {
  readonly messages: readonly Message[];
  readonly maxTokens?: number;
}

/** No tokenizer makes more tokens of a text than it has bytes in UTF-8. */
export function promptTokenBound(messages: readonly Message[]): number {
  let bytes = templateTokens;
  for (const message of messages) bytes += Buffer.byteLength(message.content) + templateTokensPerMessage;
  return bytes;
}

/** The most that the prompt and each of its samples can cost. */
export interface CostBound {
  readonly promptUsd: Usd;
  readonly sampleUsd: Usd;
}

/** `extraTokens` bounds what the request carries besides messages, such as a response format. */
export function costBound(prompt: Prompt, price: ModelPrice | "unknown", extraTokens = 0): CostBound | "unknown" {
  if (price === "unknown" || prompt.maxTokens === undefined) return "unknown";
  const inputTokens = promptTokenBound(prompt.messages) + extraTokens;
  const highest = highestPricesUpTo(price, inputTokens);
  const input = Math.max(highest.inputUsdPerMillion, highest.cacheWriteUsdPerMillion ?? 0);
  return {
    promptUsd: (inputTokens * input) / million,
    sampleUsd: (prompt.maxTokens * highest.outputUsdPerMillion) / million,
  };
}

/** The most that one request for `samples` samples can cost. Unknown without a price or a token limit. */
export function worstCaseUsd(
  prompt: Prompt,
  samples: number,
  price: ModelPrice | "unknown",
  extraTokens = 0,
): KnownOrUnknown {
  const bound = costBound(prompt, price, extraTokens);
  return bound === "unknown" ? "unknown" : bound.promptUsd + samples * bound.sampleUsd;
}

/** A guess for estimates: four bytes a token, and 300 tokens an answer unless the limit is lower. Never a bound. */
export function expectedUsd(
  prompt: Prompt,
  samples: number,
  price: ModelPrice | "unknown",
  samplesPerRequest = 1,
): KnownOrUnknown {
  if (price === "unknown") return "unknown";
  let bytes = 0;
  for (const message of prompt.messages) bytes += Buffer.byteLength(message.content);
  const inputTokens = Math.ceil(bytes / bytesPerToken);
  const outputTokens = Math.min(prompt.maxTokens ?? typicalOutputTokens, typicalOutputTokens);
  const requests = Math.ceil(samples / samplesPerRequest);
  return usageCostUsd({ inputTokens, outputTokens: 0 }, price) * requests + outputCost(outputTokens * samples, price);
}

/** What a request cost. With `inputTokensOfRequest` given, what a share of it cost: prices may depend on the whole prompt. */
export function usageCostUsd(usage: BilledUsage, price: ModelPrice, inputTokensOfRequest = usage.inputTokens): Usd {
  const prices = pricesAt(price, inputTokensOfRequest);
  const cached = Math.min(usage.cachedInputTokens ?? 0, usage.inputTokens);
  const written = Math.min(usage.cacheWriteTokens ?? 0, usage.inputTokens - cached);
  const plain = usage.inputTokens - cached - written;
  return (
    (plain * prices.inputUsdPerMillion +
      cached * (prices.cachedInputUsdPerMillion ?? prices.inputUsdPerMillion) +
      written * (prices.cacheWriteUsdPerMillion ?? prices.inputUsdPerMillion) +
      usage.outputTokens * prices.outputUsdPerMillion) /
    million
  );
}

function outputCost(outputTokens: number, price: ModelPrice): Usd {
  return (outputTokens * price.outputUsdPerMillion) / million;
}
