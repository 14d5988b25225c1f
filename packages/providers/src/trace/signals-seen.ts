import { type SignalKind, signalKindOrder } from "@quorate/core";
import type { RecordedSample, TraceFile } from "./trace-file.ts";

/** What at least one sample of a recording brings. */
export class SignalsSeen {
  readonly #kinds = new Set<SignalKind>();
  #text = false;
  #tokens = false;
  #topLogprobs = 0;

  add({ signals, text, tokens }: Pick<RecordedSample, "signals" | "text" | "tokens">): void {
    for (const kind in signals) this.#kinds.add(kind as SignalKind);
    this.#text ||= text !== undefined;
    if (tokens === undefined) return;
    this.#tokens = true;
    for (const { top = [] } of tokens) if (top.length > this.#topLogprobs) this.#topLogprobs = top.length;
  }

  get seen(): Pick<TraceFile, "signals" | "shows"> {
    return {
      signals: [...this.#kinds].sort(signalKindOrder),
      shows: { text: this.#text, tokens: this.#tokens, topLogprobs: this.#topLogprobs },
    };
  }
}
