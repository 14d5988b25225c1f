import type { AnswerDistribution, Extraction } from "./answer.ts";
import type { FollowUp } from "./follow-up.ts";
import type { Usd } from "./money/usd.ts";
import type { Reading, Signals } from "./signal.ts";

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
