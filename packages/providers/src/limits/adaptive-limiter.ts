import { QuorateError } from "@quorate/core";
import type { Clock, Limiter } from "../contract.ts";
import { WaitingLine } from "./waiting-line.ts";

export interface AdaptiveLimiterOptions {
  /** Never more than this many at once. */
  readonly max: number;
  /** @default the smaller of `max` and 16 */
  readonly start?: number;
  readonly clock: Pick<Clock, "now">;
}

export interface LimitChange {
  readonly atMs: number;
  readonly limit: number;
  readonly reason: "start" | "slow start" | "clean round" | "throttled";
}

/** All 429s within this time of a cut belong to the same episode; nothing grows meanwhile. */
const coolDownMs = 15_000;
const cut = 0.8;
const growth = 0.05;
/** A limit that was never nearly reached says nothing about what the server bears. */
const busyShare = 0.8;
const historyLength = 1000;

/**
 * How many requests of one account may be under way, learned from the server: doubled after every clean round until the
 * first 429, then 5 % more a clean round, cut to 80 % by each episode of 429s. A round is as many first-try successes as
 * the limit was; it counts only if at least 80 % of the slots were in use at some time during it.
 */
export class AdaptiveLimiter implements Limiter {
  readonly #max: number;
  readonly #clock: Pick<Clock, "now">;
  readonly #line = new WaitingLine();
  readonly #history: LimitChange[] = [];
  #limit: number;
  #inUse = 0;
  #peakInRound = 0;
  #successesInRound = 0;
  #slowStart = true;
  #cutAtMs = Number.NEGATIVE_INFINITY;

  constructor({ max, start = Math.min(max, 16), clock }: AdaptiveLimiterOptions) {
    requireCount("max", max);
    requireCount("start", start);
    this.#max = max;
    this.#limit = Math.min(start, max);
    this.#clock = clock;
    this.#note("start");
  }

  get limit(): number {
    return this.#limit;
  }

  get inUse(): number {
    return this.#inUse;
  }

  /** Every change of the limit with its reason, oldest first; the last thousand. */
  get history(): readonly LimitChange[] {
    return this.#history;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#inUse < this.#limit && this.#line.isEmpty) return Promise.resolve(this.#take());
    return new Promise((resolve, reject) => {
      this.#line.join(signal, () => resolve(this.#take()), reject);
    });
  }

  succeeded(): void {
    if (this.#clock.now() - this.#cutAtMs < coolDownMs) return;
    this.#successesInRound++;
    if (this.#successesInRound < this.#limit) return;
    const busy = this.#peakInRound >= busyShare * this.#limit;
    this.#startRound();
    if (busy && this.#limit < this.#max) this.#grow();
  }

  throttled(): void {
    const now = this.#clock.now();
    if (now - this.#cutAtMs < coolDownMs) return;
    this.#cutAtMs = now;
    this.#slowStart = false;
    this.#limit = Math.max(1, Math.floor(this.#limit * cut));
    this.#startRound();
    this.#note("throttled");
  }

  #grow(): void {
    const grown = this.#slowStart ? this.#limit * 2 : this.#limit + Math.max(1, Math.floor(this.#limit * growth));
    this.#limit = Math.min(this.#max, grown);
    this.#note(this.#slowStart ? "slow start" : "clean round");
    this.#admit();
  }

  #startRound(): void {
    this.#successesInRound = 0;
    this.#peakInRound = this.#inUse;
  }

  #take(): () => void {
    this.#inUse++;
    if (this.#inUse > this.#peakInRound) this.#peakInRound = this.#inUse;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#inUse--;
      this.#admit();
    };
  }

  #admit(): void {
    while (this.#inUse < this.#limit) if (!this.#line.admitNext()) return;
  }

  #note(reason: LimitChange["reason"]): void {
    if (this.#history.length === historyLength) this.#history.shift();
    this.#history.push({ atMs: this.#clock.now(), limit: this.#limit, reason });
  }
}

function requireCount(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new QuorateError({
    code: "bad-option",
    what: `The concurrency limit \`${name}\` cannot be used.`,
    expected: "an integer of at least 1",
    seen: value,
  });
}
