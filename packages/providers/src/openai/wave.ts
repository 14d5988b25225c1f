import { listenForAbort, stopListening } from "../abort-listeners.ts";
import type { CallContext, IndexedOutcome, SampleOutcome, SampleRequest } from "../contract.ts";
import { Attempts, type ChatModel } from "./attempts.ts";
import { failsForAll, verdictOf } from "./classify-failure.ts";
import { describeFailure } from "./failure.ts";
import { backoffMs, spreadMs } from "./retry-delay.ts";

/**
 * The samples of one prompt that are asked for together. As many requests as the server's `n` makes necessary, all at
 * once; the limiter decides how many of them are under way.
 */
export class Wave {
  readonly #model: ChatModel;
  readonly #context: CallContext;
  readonly #attempts: Attempts;
  readonly #finished: IndexedOutcome[] = [];
  #running = 0;
  /** An error that is not the server's, such as a ledger that cannot be written. */
  #broken: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(model: ChatModel, request: SampleRequest, context: CallContext) {
    this.#model = model;
    this.#context = context;
    this.#attempts = new Attempts(model, request, context);
  }

  /** Ends only when nothing is in flight any more, even when the caller leaves early. */
  async *outcomes(indexes: readonly number[]): AsyncGenerator<IndexedOutcome> {
    const { signal, lastCall } = this.#context;
    const onAbort = () => this.#attempts.cancel(signal.reason);
    const onLastCall = () => this.#attempts.closeDoor(lastCall?.reason);
    whenAborted(signal, onAbort);
    if (lastCall !== undefined) whenAborted(lastCall, onLastCall);
    try {
      this.#launch(indexes, true);
      for (let next = 0; ; ) {
        while (next < this.#finished.length) yield this.#finished[next++]!;
        if (this.#broken !== undefined) throw this.#broken.error;
        if (this.#running === 0) return;
        await this.#change();
      }
    } finally {
      stopListening(signal, onAbort);
      if (lastCall !== undefined) stopListening(lastCall, onLastCall);
      if (this.#running > 0) this.#attempts.cancel(new DOMException("The caller left.", "AbortError"));
      while (this.#running > 0) await this.#change();
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #changed(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #launch(indexes: readonly number[], isFirst: boolean): void {
    const size = this.#model.shape.can.samplesPerRequest;
    for (let start = 0; start < indexes.length; start += size) {
      this.#running++;
      this.#pursue(size >= indexes.length ? indexes : indexes.slice(start, start + size), isFirst).then(
        () => this.#leave(),
        (error) => {
          this.#broken ??= { error };
          this.#leave();
        },
      );
    }
  }

  #leave(): void {
    this.#running--;
    this.#changed();
  }

  #finish(indexes: readonly number[], outcome: SampleOutcome): void {
    for (const index of indexes) this.#finished.push({ index, outcome });
    this.#changed();
  }

  /** Attempts until every sample is there, or none more is to be had. */
  async #pursue(indexes: readonly number[], isFirst: boolean): Promise<void> {
    const { clock, random } = this.#context;
    const { shape, maxAttempts } = this.#model;
    const beganMs = clock.now();
    const fail = (detail: string, forAll = false) =>
      this.#finish(indexes, {
        kind: "failed",
        detail,
        latencyMs: clock.now() - beganMs,
        ...(forAll && { forAll }),
      });

    for (let attempt = 1; ; attempt++) {
      const end = await this.#attempts.run(indexes, isFirst && attempt === 1);
      if (end.kind === "cancelled" || end.kind === "unaffordable") return this.#finish(indexes, end);

      let askedMs: number | undefined;
      let detail = "The reply holds no choices";
      if (end.kind === "answered") {
        end.outcomes.forEach((outcome, place) => void this.#finish([indexes[place]!], outcome));
        const missing = indexes.slice(end.outcomes.length);
        if (missing.length === 0) return;
        // Servers that do not know `n` leave it unread.
        if (end.outcomes.length === 1) shape.learn("n", end.sentVersion);
        // Every such round brings a sample at least, so there is an end to them.
        if (end.outcomes.length > 0) return this.#launch(missing, false);
      } else {
        const verdict = verdictOf(end.failure);
        detail = describeFailure(end.failure);
        if (verdict.kind === "fatal") {
          return fail(verdict.why === undefined ? detail : `${detail} (${verdict.why})`, failsForAll(end.failure));
        }
        if (verdict.kind === "changed-request") {
          return shape.learn(verdict.parameter, end.sentVersion) ? this.#launch(indexes, false) : fail(detail);
        }
        if (verdict.kind === "retry-after") askedMs = spreadMs(verdict.delayMs, random);
      }
      if (attempt === maxAttempts) {
        const forAll = end.kind === "failed" && failsForAll(end.failure);
        return fail(`${detail} (${attempt} ${attempt === 1 ? "attempt" : "attempts"})`, forAll);
      }
      const goesOn = await this.#attempts.pause(askedMs ?? backoffMs(attempt, random));
      if (!goesOn) return this.#finish(indexes, { kind: "cancelled" });
    }
  }
}

function whenAborted(signal: AbortSignal, onAbort: () => void): void {
  if (signal.aborted) onAbort();
  else listenForAbort(signal, onAbort);
}
