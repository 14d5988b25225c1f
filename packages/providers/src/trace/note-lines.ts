import { GrowableFloat64, GrowableUint32 } from "./growable.ts";
import type { Line } from "./lines.ts";

/** Where lines begin and how long they are; those of entry i are from `starts[i]` to before `starts[i + 1]`. */
export interface LinePlaces {
  readonly starts: Uint32Array;
  readonly positions: Float64Array;
  readonly lengths: Uint32Array;
}

/** To what a note belongs: a sample of a question, of the section it stands in. */
export interface NoteOwner {
  /** Place of the question in the whole file. */
  readonly question: number;
  readonly section: number;
  readonly sample: number;
}

/** Of a sample that a note may be about: whose it is, and its line. */
export interface NotedSample extends NoteOwner {
  readonly line: number;
}

/** Lines that say something about a sample above them, or about a question. Takes no memory while there are none. */
export class NoteLines {
  readonly #positions = new GrowableFloat64();
  readonly #lengths = new GrowableUint32();
  readonly #questions = new GrowableUint32();
  readonly #sections = new GrowableUint32();
  readonly #samples = new GrowableUint32();
  readonly #lines = new GrowableUint32();
  #count = 0;

  add({ question, section, sample }: NoteOwner, line: Line): void {
    this.#positions.push(line.position);
    this.#lengths.push(line.bytes.length);
    this.#questions.push(question);
    this.#sections.push(section);
    this.#samples.push(sample);
    this.#lines.push(line.number);
    this.#count++;
  }

  /** Notes by question, in file order. */
  byQuestion(questionCount: number): LinePlaces | undefined {
    if (this.#count === 0) return undefined;
    const order = this.#ordered();
    const starts = new Uint32Array(questionCount + 1);
    for (const note of order) starts[this.#questions.at(note) + 1]!++;
    for (let i = 0; i < questionCount; i++) starts[i + 1]! += starts[i]!;
    return { starts, ...this.#placesOf(order.sort((a, b) => this.#questions.at(a) - this.#questions.at(b) || a - b)) };
  }

  /** Notes by sample. The samples come ordered by question, section and index; a note counts for the last one above it. */
  bySample(sampleCount: number, sampleAt: (place: number) => NotedSample): LinePlaces | undefined {
    if (this.#count === 0) return undefined;
    const order = this.#ordered();
    const starts = new Uint32Array(sampleCount + 1);
    const kept: number[] = [];
    let next = 0;
    for (let place = 0; place < sampleCount; place++) {
      const owner = sampleAt(place);
      starts[place] = kept.length;
      while (next < order.length && this.#compare(order[next]!, owner) < 0) next++;
      for (; next < order.length && this.#compare(order[next]!, owner) === 0; next++) {
        if (this.#lines.at(order[next]!) > owner.line) kept.push(order[next]!);
      }
    }
    starts[sampleCount] = kept.length;
    return { starts, ...this.#placesOf(kept) };
  }

  #ordered(): number[] {
    return Array.from({ length: this.#count }, (_, note) => note).sort(
      (a, b) =>
        this.#questions.at(a) - this.#questions.at(b) ||
        this.#sections.at(a) - this.#sections.at(b) ||
        this.#samples.at(a) - this.#samples.at(b) ||
        a - b,
    );
  }

  #compare(note: number, { question, section, sample }: NoteOwner): number {
    return this.#questions.at(note) - question || this.#sections.at(note) - section || this.#samples.at(note) - sample;
  }

  #placesOf(order: readonly number[]): Omit<LinePlaces, "starts"> {
    const positions = this.#positions.trimmed();
    return {
      positions: Float64Array.from(order, (note) => positions[note]!),
      lengths: Uint32Array.from(order, (note) => this.#lengths.at(note)),
    };
  }
}
