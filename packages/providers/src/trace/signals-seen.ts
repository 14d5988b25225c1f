import { type SignalKind, type Signals, signalKinds } from "@quorate/core";

export class SignalsSeen {
  readonly #seen = new Set<SignalKind>();

  add(signals: Signals): void {
    if (this.#seen.size === signalKinds.length) return;
    for (const kind of signalKinds) if (signals[kind] !== undefined) this.#seen.add(kind);
  }

  get kinds(): readonly SignalKind[] {
    return signalKinds.filter((kind) => this.#seen.has(kind));
  }
}
