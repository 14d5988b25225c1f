import type { SampleRequest } from "../contract.ts";
import { seededInteger } from "../seeded-random.ts";
import type { ModelCapabilities } from "./model-capabilities.ts";

/**
 * Bodies of one wave. They differ only in `n` and `seed`, so everything else is turned into JSON once and the two are
 * appended as text.
 */
export class RequestBodies {
  readonly #request: SampleRequest;
  readonly #opening: string;
  readonly #seeded: boolean;

  constructor(model: string, extra: Readonly<Record<string, unknown>>, request: SampleRequest, can: ModelCapabilities) {
    const { messages, maxTokens, temperature, topLogprobs } = request;
    const body = {
      ...extra,
      model,
      messages,
      ...(maxTokens !== undefined && { [can.limitField]: maxTokens }),
      ...(temperature !== undefined && can.temperature && { temperature }),
      ...(can.logprobs && wantsLogprobs(request) && { logprobs: true }),
      ...(can.logprobs && topLogprobs !== undefined && { top_logprobs: topLogprobs }),
    };
    this.#request = request;
    this.#opening = JSON.stringify(body).slice(0, -1);
    this.#seeded = can.seed && request.seed !== undefined;
  }

  /** With several samples in a request, the seed is that of the first. */
  forSamples(indexes: readonly number[]): string {
    const count = indexes.length > 1 ? `,"n":${indexes.length}` : "";
    const seed = this.#seeded ? `,"seed":${sampleSeed(this.#request, indexes[0] ?? 0)}` : "";
    return `${this.#opening}${count}${seed}}`;
  }
}

/** A resumed run asks for the same sample with the same seed. */
function sampleSeed({ seed = 0, question }: SampleRequest, index: number): number {
  return seededInteger(seed, question.id, index);
}

function wantsLogprobs({ signals, keepTokens, topLogprobs }: SampleRequest): boolean {
  return (
    keepTokens || topLogprobs !== undefined || signals.includes("mean-logprob") || signals.includes("sequence-logprob")
  );
}
