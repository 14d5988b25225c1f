import type { FinishReason } from "@quorate/core";
import { type LikelyToken, likeliestTokens } from "./likeliest-tokens.ts";
import { logSoftmax } from "./log-softmax.ts";
import { drawToken, type Sampling } from "./sampler.ts";

/** Gives logits over the vocabulary, one position after the other. */
export interface LogitSource {
  /** For the token after the prompt. */
  begin(prompt: readonly number[]): Promise<Float32Array>;
  /** For the token after the one that is handed in. */
  next(token: number): Promise<Float32Array>;
}

export interface Generation extends Sampling {
  readonly prompt: readonly number[];
  /** The end token counts. */
  readonly maxTokens: number;
  readonly endTokens: ReadonlySet<number>;
  readonly confidenceToken: number | undefined;
  /** How many of the likeliest tokens are told at each place. */
  readonly topLogprobs: number;
  /** Asked between tokens; true drops the response. */
  readonly isCancelled: () => boolean;
}

export interface Generated {
  /** Without the end token. */
  readonly tokens: readonly number[];
  /** Of each token, in nats, over the whole vocabulary and untempered. */
  readonly logprobs: readonly number[];
  /** For each token the likeliest ones at its place, itself among them where it is one of these; empty without `topLogprobs`. */
  readonly likeliest: readonly (readonly LikelyToken[])[];
  /** All that were drawn, the end token included. */
  readonly drawn: number;
  readonly finishReason: Extract<FinishReason, "stop" | "length">;
  /** Probability of the confidence token where the response ended; a response that was cut off has none. */
  readonly confidence: number | undefined;
}

/** One response; undefined when it was cancelled. */
export async function generate(source: LogitSource, request: Generation): Promise<Generated | undefined> {
  const { prompt, maxTokens, endTokens, confidenceToken, topLogprobs, isCancelled } = request;
  const tokens: number[] = [];
  const logprobs: number[] = [];
  const likeliest: (readonly LikelyToken[])[] = [];
  let logits = await source.begin(prompt);
  while (!isCancelled()) {
    const logprob = logSoftmax(logits);
    const token = drawToken(logits, request);
    const drawn = tokens.length + 1;
    if (endTokens.has(token)) {
      const confidence = confidenceToken === undefined ? undefined : Math.exp(logprob(confidenceToken));
      return { tokens, logprobs, likeliest, drawn, finishReason: "stop", confidence };
    }
    tokens.push(token);
    logprobs.push(logprob(token));
    if (topLogprobs > 0) likeliest.push(likeliestTokens(logits, topLogprobs, logprob));
    if (drawn >= maxTokens) {
      return { tokens, logprobs, likeliest, drawn, finishReason: "length", confidence: undefined };
    }
    logits = await source.next(token);
  }
  return undefined;
}
