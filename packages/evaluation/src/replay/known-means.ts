import { GrowableFloat64 } from "@quorate/providers";
import { quantileOf } from "../statistics/quantile.ts";
import type { KnownMean, PromptMean, TimeScore } from "./policy-score.ts";

/** A mean over the questions where something is known, each with as many replays as the others. */
export class KnownSum {
  #sum = 0;
  #replays = 0;
  #questions = 0;

  addQuestion(ofReplays: readonly number[]): void {
    this.#questions += 1;
    this.#replays += ofReplays.length;
    for (const value of ofReplays) this.#sum += value;
  }

  /** Undefined where nothing is known. */
  get known(): KnownMean | undefined {
    return this.#questions === 0 ? undefined : { mean: this.#sum / this.#replays, questions: this.#questions };
  }
}

export class PromptSum {
  readonly #shared = new KnownSum();
  readonly #apart = new KnownSum();

  addQuestion(ofReplays: readonly { readonly shared: number; readonly apart: number }[]): void {
    this.#shared.addQuestion(ofReplays.map(({ shared }) => shared));
    this.#apart.addQuestion(ofReplays.map(({ apart }) => apart));
  }

  get known(): PromptMean | undefined {
    const [shared, apart] = [this.#shared.known, this.#apart.known];
    if (shared === undefined || apart === undefined) return undefined;
    return { shared: shared.mean, apart: apart.mean, questions: shared.questions };
  }
}

export class TimeSum {
  readonly #sum = new KnownSum();
  readonly #seconds = new GrowableFloat64();

  addQuestion(ofReplays: readonly number[]): void {
    this.#sum.addQuestion(ofReplays);
    for (const seconds of ofReplays) this.#seconds.push(seconds);
  }

  get known(): TimeScore | undefined {
    const { known } = this.#sum;
    if (known === undefined) return undefined;
    const ascending = this.#seconds.trimmed().sort();
    return {
      mean: known.mean,
      median: quantileOf(ascending, 0.5),
      p95: quantileOf(ascending, 0.95),
      questions: known.questions,
    };
  }
}
