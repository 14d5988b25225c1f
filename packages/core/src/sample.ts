import type { AnswerDistribution, Extraction } from "./answer.ts";
import type { FollowUp } from "./follow-up.ts";
import type { Usd } from "./money/usd.ts";

export interface Usage {
  /** All prompt tokens, cached ones included. */
  readonly inputTokens: number;
  readonly cachedInputTokens?: number;
  /** All generated tokens, reasoning included. */
  readonly outputTokens: number;
  readonly reasoningTokens?: number;
}

export function addUsage(a: Usage, b: Usage): Usage {
  const cached = (a.cachedInputTokens ?? 0) + (b.cachedInputTokens ?? 0);
  const reasoning = (a.reasoningTokens ?? 0) + (b.reasoningTokens ?? 0);
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...(cached > 0 && { cachedInputTokens: cached }),
    ...(reasoning > 0 && { reasoningTokens: reasoning }),
  };
}

export const signalKinds = [
  "recorded",
  "mean-logprob",
  "sequence-logprob",
  "special-token",
  "fidelity",
  "linguistic-judge",
  "p-true",
  "surrogate",
  "verbal-numeric-follow-up",
  "verbal-scale",
  "verifier",
] as const;

/**
 * `recorded`: a confidence in [0,1] that came with a trace, whatever its source. `mean-logprob`: mean natural
 * log-probability of the generated tokens, at most 0. `sequence-logprob`: their sum, at most 0. `special-token`: probability of the confidence token, in [0,1].
 * All from `fidelity` on: in [0,1], measured after the sample by the elicitor of that name.
 */
export type SignalKind = (typeof signalKinds)[number];

/** A measured number, or the fact that the server hid it (OpenAI's −9999 for tokens outside the top 20). */
export type Reading = number | "censored";

export type Signals = { readonly [Kind in SignalKind]?: Reading };

export interface TokenLogprob {
  readonly token: string;
  readonly logprob: Reading;
  /** The most likely tokens at this place, the chosen one among them where it is one of these. */
  readonly top?: readonly { readonly token: string; readonly logprob: number }[];
}

export type FinishReason = "stop" | "length" | "content-filter" | "refusal" | "other";

/** One generated response as it is journaled. Its index is its place in launch order. */
export interface Sample {
  readonly index: number;
  /** Which wave launched it, from 0. */
  readonly wave: number;
  readonly extraction: Extraction;
  readonly text?: string;
  /** Why it abstained, in the provider's words. */
  readonly detail?: string;
  readonly finishReason?: FinishReason;
  /** The share of its request's usage that falls to this sample; shares add up to the request's usage. */
  readonly usage?: Usage;
  readonly costUsd?: Usd;
  readonly latencyMs?: number;
  readonly signals: Signals;
  /** Over the answers, where the model showed more than the one it gave. */
  readonly distribution?: AnswerDistribution;
  readonly tokens?: readonly TokenLogprob[];
  /** What was asked about it afterwards; their signals are among the others. */
  readonly followUps?: readonly FollowUp[];
}
