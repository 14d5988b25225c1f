import { listenForAbort, stopListening } from "../abort-listeners.ts";
import type { CallContext, IndexedOutcome, SampleOutcome } from "../contract.ts";
import type { LogitSource } from "./generate.ts";
import type { LanePool, Work } from "./lane-pool.ts";

/** Makes one sample; undefined when it was cancelled midway. */
export type MakeSample = (
  source: LogitSource,
  index: number,
  isCancelled: () => boolean,
) => Promise<SampleOutcome | undefined>;

/** The samples of one prompt that are asked for together. */
export class Wave implements Work {
  readonly prompt: readonly number[];
  readonly #make: MakeSample;
  readonly #context: CallContext;
  readonly #waiting: number[];
  readonly #finished: IndexedOutcome[] = [];
  #running = 0;
  #isCancelled = false;
  #wake: (() => void) | undefined;

  constructor(prompt: readonly number[], indexes: readonly number[], make: MakeSample, context: CallContext) {
    this.prompt = prompt;
    this.#waiting = [...indexes];
    this.#make = make;
    this.#context = context;
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Ends only when no lane works for it any more, even when the caller leaves early. */
  async *outcomes(pool: LanePool): AsyncGenerator<IndexedOutcome> {
    const { signal, lastCall } = this.#context;
    const onAbort = (): void => this.#cancel();
    const onLastCall = (): void => this.#dropWaiting();
    whenAborted(signal, onAbort);
    if (lastCall !== undefined) whenAborted(lastCall, onLastCall);
    try {
      pool.add(this);
      for (let next = 0; ; ) {
        while (next < this.#finished.length) yield this.#finished[next++]!;
        if (this.#running === 0 && !this.isWaiting) return;
        await this.#change();
      }
    } finally {
      stopListening(signal, onAbort);
      if (lastCall !== undefined) stopListening(lastCall, onLastCall);
      this.#cancel();
      while (this.#running > 0) await this.#change();
    }
  }

  async runNext(source: LogitSource): Promise<void> {
    const index = this.#waiting.shift();
    if (index === undefined) return;
    this.#running++;
    let outcome: SampleOutcome | undefined;
    try {
      outcome = await this.#make(source, index, () => this.#isCancelled);
    } catch (error) {
      outcome = { kind: "failed", detail: error instanceof Error ? error.message : String(error) };
    }
    this.#running--;
    this.#finish(index, outcome ?? { kind: "cancelled" });
  }

  #cancel(): void {
    this.#isCancelled = true;
    this.#dropWaiting();
  }

  #dropWaiting(): void {
    for (const index of this.#waiting.splice(0)) this.#finish(index, { kind: "cancelled" });
  }

  #finish(index: number, outcome: SampleOutcome): void {
    this.#finished.push({ index, outcome });
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function whenAborted(signal: AbortSignal, onAbort: () => void): void {
  if (signal.aborted) onAbort();
  else listenForAbort(signal, onAbort);
}
