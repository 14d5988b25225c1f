import type { Limiter } from "../contract.ts";

/** Lets everyone in and counts. */
export class UnlimitedLimiter implements Limiter {
  inUse = 0;
  mostInUse = 0;
  successes = 0;
  throttles = 0;

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    this.inUse++;
    this.mostInUse = Math.max(this.mostInUse, this.inUse);
    let held = true;
    return Promise.resolve(() => {
      if (held) this.inUse--;
      held = false;
    });
  }

  succeeded(): void {
    this.successes++;
  }

  throttled(): void {
    this.throttles++;
  }
}
