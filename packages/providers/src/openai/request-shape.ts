import type { ModelCapabilities } from "./model-capabilities.ts";

/** Parameters that a server may refuse and that can be left out or renamed without asking for something else. */
export const changeableParameters = [
  "temperature",
  "seed",
  "logprobs",
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
    const changed = this.#without(parameter);
    if (changed === undefined) return sentVersion < this.#version;
    this.#can = changed;
    this.#version++;
    this.#onWarning(`The server does not take \`${parameter}\`; requests go on ${consequence[parameter]}.`);
    return true;
  }

  /** Undefined when requests do not carry the parameter, or must. */
  #without(parameter: ChangeableParameter): ModelCapabilities | undefined {
    const can = this.#can;
    switch (parameter) {
      case "temperature":
      case "seed":
      case "logprobs":
        return can[parameter] ? { ...can, [parameter]: false } : undefined;
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

const consequence: Record<ChangeableParameter, string> = {
  temperature: "at the server's own temperature",
  seed: "without seeds",
  logprobs: "without log-probabilities",
  n: "with one sample each",
  max_tokens: "with `max_completion_tokens`",
  max_completion_tokens: "with `max_tokens`",
};
