import { type Allocator, type QuestionState, WaveQueue } from "@quorate/core";
import type { Admission } from "../engine/engine.ts";

export interface SharedBudgetOptions {
  readonly allocator: Allocator;
  /** Waves in flight at most. */
  readonly concurrency: number;
  /** Samples that may still be bought, those of waves in flight included. */
  readonly left: () => number;
}

/**
 * Waves of questions that share a budget of samples: each waits until the allocator's order lets it leave, or until nothing
 * is left. Between its waves a question is a promise and its tally.
 */
export class SharedBudget implements Admission {
  readonly #queue: WaveQueue;
  readonly #concurrency: number;
  readonly #left: () => number;
  readonly #granting = new Map<number, (samples: number) => void>();
  #underWay = 0;
  /** Samples of the waves under way. */
  #granted = 0;
  #state: "filling" | "open" | "closed" = "filling";

  constructor({ allocator, concurrency, left }: SharedBudgetOptions) {
    this.#queue = new WaveQueue(allocator);
    this.#concurrency = concurrency;
    this.#left = left;
  }

  get wavesUnderWay(): number {
    return this.#underWay;
  }

  get isClosed(): boolean {
    return this.#state === "closed";
  }

  grant(question: number, samples: number, state: QuestionState): Promise<number> {
    if (this.#state === "closed") return Promise.resolve(0);
    return new Promise((resolve) => {
      this.#granting.set(question, resolve);
      this.#queue.ask(question, samples, state);
      this.#let();
    });
  }

  waveEnded(samples: number): void {
    this.#underWay -= 1;
    this.#granted -= samples;
    this.#let();
  }

  /** Everyone who will ask has asked: before that nobody knows who needs it most. */
  open(): void {
    if (this.#state === "filling") this.#state = "open";
    this.#let();
  }

  /** Nobody gets any more. */
  close(): void {
    this.#state = "closed";
    for (const question of this.#queue.clear()) this.#answer(question, 0);
  }

  #let(): void {
    while (this.#state === "open" && this.#underWay < this.#concurrency) {
      const left = this.#left() - this.#granted;
      const grant = this.#queue.next(left, this.#underWay);
      if (grant === undefined) {
        // What is in flight may yet turn out not to count.
        if (this.#underWay === 0 && left < 1) this.close();
        return;
      }
      this.#underWay += 1;
      this.#granted += grant.samples;
      this.#answer(grant.question, grant.samples);
    }
  }

  #answer(question: number, samples: number): void {
    const resolve = this.#granting.get(question);
    this.#granting.delete(question);
    resolve?.(samples);
  }
}
