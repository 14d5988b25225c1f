import type { Question, Sample } from "@quorate/core";
import type { ModelPrice } from "@quorate/providers";
import { usageCostUsd } from "@quorate/providers";
import { type LatencyModel, secondsOf } from "./latency-model.ts";

export interface CostSettings {
  readonly seed: string | number;
  readonly price?: ModelPrice | "unknown";
  readonly latency?: LatencyModel;
}

/** What the samples of a question cost, in recorded order. What is not known of every sample is absent. */
export interface SampleCosts {
  readonly outputTokens?: ArrayLike<number>;
  /** Of the prompt, once. */
  readonly promptTokens?: number;
  readonly seconds?: ArrayLike<number>;
  /** Dollars a generated token. */
  readonly outputTokenUsd?: number;
  /** Dollars for the prompt, once, nothing of it cached. */
  readonly promptUsd?: number;
}

export function sampleCosts(
  question: Pick<Question, "id">,
  samples: readonly Pick<Sample, "usage" | "latencyMs">[],
  { seed, price, latency }: CostSettings,
): SampleCosts {
  const outputTokens = outputTokensOf(samples);
  const promptTokens = promptTokensOf(samples);
  const seconds = latency === undefined ? undefined : secondsOf(question, samples, latency, seed);
  return {
    ...(outputTokens !== undefined && { outputTokens }),
    ...(promptTokens !== undefined && { promptTokens }),
    ...(seconds !== undefined && { seconds }),
    ...(price !== undefined && price !== "unknown" && dollars(price, promptTokens)),
  };
}

function outputTokensOf(samples: readonly Pick<Sample, "usage">[]): Float64Array | undefined {
  if (samples.length === 0 || samples.some(({ usage }) => usage === undefined)) return undefined;
  return Float64Array.from(samples, ({ usage }) => usage!.outputTokens);
}

/**
 * Where a request carried several samples, the first of them bears its whole prompt and the others none; compact
 * recordings have no prompt tokens at all. So the largest share is the prompt, and 0 means that nobody recorded it.
 */
function promptTokensOf(samples: readonly Pick<Sample, "usage">[]): number | undefined {
  const largest = samples.reduce((most, { usage }) => Math.max(most, usage?.inputTokens ?? 0), 0);
  return largest === 0 ? undefined : largest;
}

/** Prices may depend on the length of the prompt; one of unknown length is taken for short. */
function dollars(
  price: ModelPrice,
  promptTokens: number | undefined,
): Pick<SampleCosts, "outputTokenUsd" | "promptUsd"> {
  return {
    outputTokenUsd: usageCostUsd({ inputTokens: 0, outputTokens: 1 }, price, promptTokens ?? 0),
    ...(promptTokens !== undefined && {
      promptUsd: usageCostUsd({ inputTokens: promptTokens, outputTokens: 0 }, price),
    }),
  };
}
