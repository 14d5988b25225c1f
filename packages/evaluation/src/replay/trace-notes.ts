import type { Question } from "@quorate/core";

/** Notes what a trace lacks, for a person to know before comparing. */
export class TraceNotes {
  readonly #maxSamples: number;
  #questions = 0;
  #short = 0;
  #fewest = Number.POSITIVE_INFINITY;
  #graded = 0;

  constructor(maxSamples: number) {
    this.#maxSamples = maxSamples;
  }

  see({ gold }: Pick<Question, "gold">, sampleCount: number): void {
    this.#questions += 1;
    if (gold !== undefined) this.#graded += 1;
    if (sampleCount < this.#maxSamples) this.#short += 1;
    this.#fewest = Math.min(this.#fewest, sampleCount);
  }

  lines(): string[] {
    const lines: string[] = [];
    if (this.#short > 0) {
      lines.push(
        `${this.#short} of ${this.#questions} questions have fewer than ${this.#maxSamples} samples (the fewest: ` +
          `${this.#fewest}); their full vote is all they have`,
      );
    }
    if (this.#graded > 0 && this.#graded < this.#questions) {
      lines.push(`accuracy is over the ${this.#graded} of ${this.#questions} questions that have a gold answer`);
    }
    return lines;
  }
}
