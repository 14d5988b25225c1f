import { QuorateError } from "@quorate/core";
import type { Provider, SampleOutcome, ScoreOutcome } from "@quorate/providers";

/** A wrong key, model or address is found out by the first request, not by failing every question of a long file. */
export class RefusalWatch {
  readonly #provider: Provider;
  #hasSucceeded = false;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /** An error when the outcome says that no request can succeed. After the first success no outcome says so. */
  errorIn(outcome: SampleOutcome | ScoreOutcome): QuorateError | undefined {
    if (outcome.kind === "response" || outcome.kind === "scores") this.#hasSucceeded = true;
    if (this.#hasSucceeded || outcome.kind !== "failed" || outcome.forAll !== true) return undefined;
    return new QuorateError({
      code: "provider-failed",
      what: `${this.#provider.id} answers no request: ${outcome.detail}.`,
      hint:
        outcome.hint ??
        "Check the model's name, the key and the address (OPENAI_API_KEY, OPENAI_BASE_URL or --base-url).",
    });
  }
}
