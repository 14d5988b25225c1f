import type { FinishReason, Signals, TokenLogprob } from "@quorate/core";
import type { BilledUsage } from "../prices/cost.ts";
import { readLogprobs } from "./read-logprobs.ts";

export interface Choice {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly signals: Signals;
  readonly tokens?: readonly TokenLogprob[];
}

export interface Completion {
  readonly choices: readonly Choice[];
  readonly usage: BilledUsage | undefined;
}

/** The parts of a chat completion that are read; servers differ, so nothing is taken for granted. */
interface RawCompletion {
  readonly choices?: unknown;
  readonly usage?: RawUsage | null;
}

interface RawUsage {
  readonly prompt_tokens?: unknown;
  readonly completion_tokens?: unknown;
  readonly prompt_tokens_details?: { readonly cached_tokens?: unknown; readonly cache_write_tokens?: unknown } | null;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: unknown } | null;
}

interface RawChoice {
  readonly finish_reason?: unknown;
  readonly message?: { readonly content?: unknown; readonly refusal?: unknown } | null;
  readonly logprobs?: { readonly content?: unknown } | null;
}

/** Undefined when the body is no completion at all. Choices without a message are left out. */
export function parseCompletion(body: unknown, keepTokens: boolean): Completion | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { choices, usage } = body as RawCompletion;
  if (!Array.isArray(choices)) return undefined;
  return {
    choices: choices
      .map((choice: RawChoice | null) => readChoice(choice, keepTokens))
      .filter((one) => one !== undefined),
    usage: readUsage(usage),
  };
}

function readChoice(choice: RawChoice | null, keepTokens: boolean): Choice | undefined {
  const message = choice?.message;
  if (typeof message !== "object" || message === null) return undefined;
  const refused = typeof message.refusal === "string" && message.refusal !== "";
  const logprobs = readLogprobs(choice?.logprobs?.content, keepTokens);
  return {
    text: refused ? "" : textOf(message.content),
    finishReason: refused ? "refusal" : finishReasonOf(choice?.finish_reason),
    signals: logprobs === undefined ? {} : { "mean-logprob": logprobs.mean, "sequence-logprob": logprobs.sum },
    ...(logprobs?.tokens !== undefined && { tokens: logprobs.tokens }),
  };
}

/** Some servers answer in parts, as they may be asked. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part: { readonly text?: unknown } | null) => (typeof part?.text === "string" ? part.text : ""))
    .join("");
}

function finishReasonOf(reason: unknown): FinishReason {
  if (reason === "stop" || reason === "length") return reason;
  return reason === "content_filter" ? "content-filter" : "other";
}

/** Undefined unless both counts are there. */
export function readUsage(usage: RawUsage | null | undefined): BilledUsage | undefined {
  const inputTokens = countOf(usage?.prompt_tokens);
  const outputTokens = countOf(usage?.completion_tokens);
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  const cached = countOf(usage?.prompt_tokens_details?.cached_tokens);
  const written = countOf(usage?.prompt_tokens_details?.cache_write_tokens);
  const reasoning = countOf(usage?.completion_tokens_details?.reasoning_tokens);
  return {
    inputTokens,
    outputTokens,
    ...(cached !== undefined && { cachedInputTokens: Math.min(cached, inputTokens) }),
    ...(written !== undefined && { cacheWriteTokens: written }),
    ...(reasoning !== undefined && { reasoningTokens: Math.min(reasoning, outputTokens) }),
  };
}

function countOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}
