import { listenForAbort, stopListening } from "../abort-listeners.ts";

/** Someone who waits for a slot. Linked both ways, so that leaving from the middle costs as little as from the front. */
interface Waiter {
  readonly signal: AbortSignal;
  readonly admit: () => void;
  readonly onAbort: () => void;
  before: Waiter | undefined;
  after: Waiter | undefined;
}

/** First come, first served; whoever's signal aborts is refused. Every operation is O(1). */
export class WaitingLine {
  #first: Waiter | undefined;
  #last: Waiter | undefined;

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** The signal must not be aborted already. */
  join(signal: AbortSignal, admit: () => void, refuse: (reason: unknown) => void): void {
    const onAbort = () => {
      this.#leave(waiter);
      refuse(signal.reason);
    };
    const waiter: Waiter = { signal, admit, onAbort, before: this.#last, after: undefined };
    if (this.#last === undefined) this.#first = waiter;
    else this.#last.after = waiter;
    this.#last = waiter;
    listenForAbort(signal, onAbort);
  }

  /** Admits the first in line; false when nobody waits. */
  admitNext(): boolean {
    const waiter = this.#first;
    if (waiter === undefined) return false;
    this.#leave(waiter);
    stopListening(waiter.signal, waiter.onAbort);
    waiter.admit();
    return true;
  }

  #leave(waiter: Waiter): void {
    if (waiter.before === undefined) this.#first = waiter.after;
    else waiter.before.after = waiter.after;
    if (waiter.after === undefined) this.#last = waiter.before;
    else waiter.after.before = waiter.before;
  }
}
