import type { Clock } from "../contract.ts";

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/**
 * Time that passes only when a test says so: `advance` wakes whoever has slept long enough. With `{ jumps: true }` every
 * sleep ends at once and takes the time with it.
 */
export class ManualClock implements Clock {
  /** What was asked of `sleep`, in order. */
  readonly sleeps: number[] = [];
  readonly #jumps: boolean;
  readonly #sleepers = new Set<Sleeper>();
  #nowMs = 0;

  constructor({ jumps = false }: { readonly jumps?: boolean } = {}) {
    this.#jumps = jumps;
  }

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#jumps) {
      this.#nowMs += ms;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      };
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
      const sleeper = { untilMs: this.#nowMs + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    for (const sleeper of [...this.#sleepers]) if (sleeper.untilMs <= this.#nowMs) sleeper.wake();
  }

  /** How many sleep now. */
  get sleeping(): number {
    return this.#sleepers.size;
  }
}
