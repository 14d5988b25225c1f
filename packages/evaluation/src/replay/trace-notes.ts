import type { AnswerKind, Question } from "@quorate/core";
import type { LatencyModel } from "./latency-model.ts";
import type { PreparedQuestion } from "./prepared-question.ts";

export interface NoteSettings {
  readonly maxSamples: number;
  /** Whether dollars were asked for, and of which model. */
  readonly pricedModel?: { readonly name: string; readonly isKnown: boolean };
  readonly latency?: LatencyModel;
}

export function traceNotesFor({
  maxSamples,
  priced,
  latency,
}: Omit<NoteSettings, "pricedModel"> & {
  readonly priced?: { readonly model: string; readonly price: unknown };
}): TraceNotes {
  return new TraceNotes({
    maxSamples,
    ...(priced !== undefined && { pricedModel: { name: priced.model, isKnown: priced.price !== "unknown" } }),
    ...(latency !== undefined && { latency }),
  });
}

/** Notes what a trace lacks, for a person to know before comparing. */
export class TraceNotes {
  readonly #settings: NoteSettings;
  readonly #kinds = new Map<AnswerKind, number>();
  #questions = 0;
  #short = 0;
  #empty = 0;
  #fewest = Number.POSITIVE_INFINITY;
  #graded = 0;
  #withOutput = 0;
  #withPrompt = 0;
  #timed = 0;

  constructor(settings: NoteSettings) {
    this.#settings = settings;
  }

  get graded(): number {
    return this.#graded;
  }

  see({
    question,
    sampleCount,
    costs,
  }: Pick<PreparedQuestion, "sampleCount" | "costs"> & { readonly question: Pick<Question, "gold" | "kind"> }): void {
    this.#questions += 1;
    this.#kinds.set(question.kind, (this.#kinds.get(question.kind) ?? 0) + 1);
    if (question.gold !== undefined) this.#graded += 1;
    if (sampleCount === 0) this.#empty += 1;
    if (sampleCount < this.#settings.maxSamples) this.#short += 1;
    this.#fewest = Math.min(this.#fewest, sampleCount);
    if (costs.outputTokens !== undefined) this.#withOutput += 1;
    if (costs.promptTokens !== undefined) this.#withPrompt += 1;
    if (costs.seconds !== undefined) this.#timed += 1;
  }

  lines(): string[] {
    if (this.#questions === 0) return ["the file has no questions"];
    return [...this.#aboutSamples(), ...this.#aboutAnswers(), ...this.#aboutCosts()];
  }

  #aboutSamples(): string[] {
    const { maxSamples } = this.#settings;
    const lines: string[] = [];
    if (this.#short > 0) {
      lines.push(
        `${this.#of(this.#short)} questions have fewer than ${maxSamples} samples (the fewest: ${this.#fewest}); ` +
          "their full vote is all they have",
      );
    }
    if (this.#empty > 0) {
      lines.push(
        `${this.#of(this.#empty)} questions have no samples at all; every policy agrees with the full vote there`,
      );
    }
    return lines;
  }

  #aboutAnswers(): string[] {
    const lines: string[] = [];
    if (this.#graded === 0) lines.push("no question has a gold answer, so there is no accuracy");
    else if (this.#graded < this.#questions) {
      lines.push(`accuracy is over the ${this.#of(this.#graded)} questions that have a gold answer`);
    }
    if (this.#kinds.size > 1) {
      const kinds = [...this.#kinds].map(([kind, count]) => `${count} ${kind}`).join(", ");
      lines.push(`answers are of ${this.#kinds.size} kinds, each read and compared in its own way: ${kinds}`);
    }
    return lines;
  }

  #aboutCosts(): string[] {
    const { pricedModel, latency } = this.#settings;
    const lines: string[] = [];
    const isPartly = (count: number) => count > 0 && count < this.#questions;
    if (isPartly(this.#withOutput)) {
      lines.push(`output tokens are over the ${this.#of(this.#withOutput)} questions whose samples all have them`);
    }
    if (isPartly(this.#withPrompt)) {
      lines.push(`input tokens are over the ${this.#of(this.#withPrompt)} questions that have them`);
    }
    if (pricedModel !== undefined) {
      if (!pricedModel.isKnown) lines.push(`the price of ${pricedModel.name} is not known, so there are no dollars`);
      else if (this.#withOutput === 0) lines.push("the samples have no token counts, so there are no dollars");
      else if (this.#withPrompt === 0)
        lines.push("the prompts have no token counts: dollars are for output tokens alone");
    }
    if (latency?.kind === "measured" && this.#timed < this.#questions) {
      lines.push(
        this.#timed === 0
          ? "the samples have no latencies, so there is no time"
          : `time is over the ${this.#of(this.#timed)} questions whose samples all have a latency`,
      );
    }
    return lines;
  }

  #of(count: number): string {
    return `${count} of ${this.#questions}`;
  }
}
