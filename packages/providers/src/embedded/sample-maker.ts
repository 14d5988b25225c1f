import type { Signals } from "@quorate/core";
import type { Clock, SampleOutcome, SampleRequest } from "../contract.ts";
import { seededRandom } from "../seeded-random.ts";
import { type Generated, generate } from "./generate.ts";
import type { ModelFile } from "./model-file.ts";
import type { MakeSample } from "./wave.ts";

/** What hosted models take when nothing is said. */
const usualTemperature = 1;

export interface SampleMaking {
  readonly request: SampleRequest;
  readonly prompt: readonly number[];
  readonly file: ModelFile;
  readonly contextSize: number;
  readonly topP: number;
  readonly textOf: (tokens: readonly number[]) => string;
  readonly clock: Clock;
}

/** The sample of an index is the same whichever wave asks for it, and after a restart too. */
export function sampleMaker(making: SampleMaking): MakeSample {
  const { request, prompt, file, contextSize, topP, clock } = making;
  const { temperature = usualTemperature, maxTokens = Number.POSITIVE_INFINITY, seed = 0, question } = request;
  const banned = new Set([...file.controlTokens].filter((token) => !file.endTokens.has(token)));
  const fixed = {
    prompt,
    temperature,
    topP,
    banned,
    maxTokens: Math.min(maxTokens, contextSize - prompt.length),
    endTokens: file.endTokens,
    confidenceToken: file.confidenceToken,
    topLogprobs: request.keepTokens ? (request.topLogprobs ?? 0) : 0,
  };
  return async (source, index, isCancelled) => {
    const beganMs = clock.now();
    const random = seededRandom(seed, question.id, index);
    const generated = await generate(source, { ...fixed, random, isCancelled });
    return generated && outcomeOf(generated, making, clock.now() - beganMs);
  };
}

function outcomeOf(generated: Generated, { request, prompt, textOf }: SampleMaking, latencyMs: number): SampleOutcome {
  const { tokens, logprobs, likeliest, drawn, finishReason } = generated;
  return {
    kind: "response",
    text: textOf(tokens),
    finishReason,
    usage: { inputTokens: prompt.length, outputTokens: drawn },
    costUsd: 0,
    latencyMs,
    signals: signalsOf(generated),
    ...(request.keepTokens && {
      tokens: tokens.map((token, place) => ({
        token: textOf([token]),
        logprob: logprobs[place]!,
        ...(likeliest[place] !== undefined && {
          top: likeliest[place].map(({ token, logprob }) => ({ token: textOf([token]), logprob })),
        }),
      })),
    }),
  };
}

/** An empty response has no mean, and one that was cut off no confidence: both are absent, not 0. */
function signalsOf({ logprobs, confidence }: Generated): Signals {
  const sum = logprobs.reduce((total, logprob) => total + logprob, 0);
  return {
    ...(logprobs.length > 0 && { "mean-logprob": sum / logprobs.length, "sequence-logprob": sum }),
    ...(confidence !== undefined && { "special-token": confidence }),
  };
}
