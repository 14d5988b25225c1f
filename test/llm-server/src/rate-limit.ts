import { goDuration } from "./go-duration.ts";
import type { Options } from "./options.ts";

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterMs: number };

const unlimitedRequests = 10_000;
const unlimitedTokens = 2_000_000;
const concurrencyRetryMs = 20;

/** Windows of fixed length: at most so many requests start in each, and so many are open at once. */
export class RateLimit {
  #options: Options["rateLimit"];
  #windowEnd = 0;
  #used = 0;

  constructor(options: Options["rateLimit"]) {
    this.#options = options;
  }

  admit(now: number, open: number): Admission {
    const { requests, windowMs, concurrency } = this.#options;
    if (now >= this.#windowEnd) {
      this.#windowEnd = now + windowMs;
      this.#used = 0;
    }
    if (concurrency !== undefined && open >= concurrency) return { admitted: false, retryAfterMs: concurrencyRetryMs };
    if (requests !== undefined && this.#used >= requests) {
      return { admitted: false, retryAfterMs: Math.max(1, Math.ceil(this.#windowEnd - now)) };
    }
    this.#used++;
    return { admitted: true };
  }

  /** Names and values by turns, as `writeHead` takes them. */
  headers(now: number): string[] {
    const { requests } = this.#options;
    const limit = requests ?? unlimitedRequests;
    return [
      "x-ratelimit-limit-requests",
      String(limit),
      "x-ratelimit-limit-tokens",
      String(unlimitedTokens),
      "x-ratelimit-remaining-requests",
      String(requests === undefined ? limit - 1 : Math.max(0, limit - this.#used)),
      "x-ratelimit-remaining-tokens",
      String(unlimitedTokens),
      "x-ratelimit-reset-requests",
      requests === undefined ? "6ms" : goDuration(this.#windowEnd - now),
      "x-ratelimit-reset-tokens",
      "0s",
    ];
  }

  reset(): void {
    this.#windowEnd = 0;
    this.#used = 0;
  }
}
