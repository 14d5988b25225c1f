import type { ModelCapabilities } from "./model-capabilities.ts";

/** Parameters that a server may refuse and that can be left out or renamed without asking for something else. */
export const changeableParameters = [
  "temperature",
  "seed",
  "logprobs",
  "top_logprobs",
  "n",
  "max_tokens",
  "max_completion_tokens",
] as const;

export type ChangeableParameter = (typeof changeableParameters)[number];

/** What requests may carry, as learned from refusals during the life of a provider. */
export class RequestShape {
  #can: ModelCapabilities;
  #version = 0;
  #renamedLimit = false;
  /** Refusals of requests that left before it are of the older number. */
  #fewerLikeliestSince = 0;
  readonly #onWarning: (message: string) => void;

  constructor(can: ModelCapabilities, onWarning: (message: string) => void) {
    this.#can = can;
    this.#onWarning = onWarning;
  }

  get can(): ModelCapabilities {
    return this.#can;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /**
   * Takes note that a request of that version was refused for a parameter. True when the next one will differ in it. The
   * token limit is never dropped, only renamed once: without it no request has a worst case.
   */
  learn(parameter: ChangeableParameter, sentVersion: number): boolean {
    if (parameter === "top_logprobs" && sentVersion < this.#fewerLikeliestSince) return true;
    const changed = this.#without(parameter);
    if (changed === undefined) return sentVersion < this.#version;
    this.#can = changed;
    this.#version++;
    if (parameter === "top_logprobs") this.#fewerLikeliestSince = this.#version;
    const { topLogprobs } = changed;
    if (parameter === "top_logprobs" && topLogprobs > 0) {
      this.#onWarning(`The server does not take so many \`top_logprobs\`; requests go on with ${topLogprobs}.`);
    } else {
      this.#onWarning(`The server does not take \`${parameter}\`; requests go on ${consequence[parameter]}.`);
    }
    return true;
  }

  /** Undefined when requests do not carry the parameter, or must. */
  #without(parameter: ChangeableParameter): ModelCapabilities | undefined {
    const can = this.#can;
    switch (parameter) {
      case "temperature":
      case "seed":
        return can[parameter] ? { ...can, [parameter]: false } : undefined;
      case "logprobs":
        return can.logprobs ? { ...can, logprobs: false, topLogprobs: 0 } : undefined;
      case "top_logprobs":
        return can.topLogprobs > 0 ? { ...can, topLogprobs: fewerTopLogprobs(can.topLogprobs) } : undefined;
      case "n":
        return can.samplesPerRequest > 1 ? { ...can, samplesPerRequest: 1 } : undefined;
      case "max_tokens":
      case "max_completion_tokens":
        if (this.#renamedLimit || can.limitField !== parameter) return undefined;
        this.#renamedLimit = true;
        return { ...can, limitField: parameter === "max_tokens" ? "max_completion_tokens" : "max_tokens" };
    }
  }
}

/** Limits of servers that were seen: 20, 5, and none at all. */
function fewerTopLogprobs(refused: number): number {
  return refused > 5 ? 5 : 0;
}

const consequence: Record<ChangeableParameter, string> = {
  temperature: "at the server's own temperature",
  seed: "without seeds",
  logprobs: "without log-probabilities",
  top_logprobs: "without the likeliest tokens at each place",
  n: "with one sample each",
  max_tokens: "with `max_completion_tokens`",
  max_completion_tokens: "with `max_tokens`",
};
