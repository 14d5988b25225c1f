import type { RunEvent } from "./events.ts";

const keptEvents = 1024;

export interface NumberedEvent {
  readonly cursor: number;
  readonly event: RunEvent;
}

/**
 * The latest events of a run, numbered from 1. A watcher may come late or leave; the run does not notice. Whoever is more
 * than a thousand events behind misses some and sees it by the numbers; the journal has them all.
 */
export class EventFeed {
  readonly #ring: (RunEvent | undefined)[] = new Array<RunEvent | undefined>(keptEvents);
  #last = 0;
  #ended = false;
  #wake = new Set<() => void>();

  emit(event: RunEvent): void {
    this.#last += 1;
    this.#ring[this.#last % keptEvents] = event;
    if (event.type === "run-ended") this.#ended = true;
    if (this.#wake.size === 0) return;
    const waiting = this.#wake;
    this.#wake = new Set();
    for (const wake of waiting) wake();
  }

  async *after(cursor: number): AsyncGenerator<NumberedEvent> {
    let next = cursor + 1;
    for (;;) {
      next = Math.max(next, this.#last - keptEvents + 1);
      while (next <= this.#last) {
        yield { cursor: next, event: this.#ring[next % keptEvents]! };
        next = Math.max(next + 1, this.#last - keptEvents + 1);
      }
      if (this.#ended) return;
      await new Promise<void>((resolve) => this.#wake.add(resolve));
    }
  }
}
