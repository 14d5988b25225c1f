import type { Question, Shown, SignalKind } from "@quorate/core";
import type { Bytes } from "./bytes.ts";
import { noSuchQuestion } from "./compact-trace.ts";
import { type Fields, isFields } from "./fields.ts";
import type { IdIndex } from "./id-index.ts";
import { wrongLine } from "./place.ts";
import { readKnownLine } from "./read-line.ts";
import { readQuestion, readSample } from "./samples-line.ts";
import type { SignalsSeen } from "./signals-seen.ts";
import type { RecordedSample, TraceEntry, TraceFile } from "./trace-file.ts";

export interface QuestionPlaces {
  readonly positions: Float64Array;
  readonly lengths: Uint32Array;
  readonly ids: IdIndex;
}

/** The samples of question i are those from `starts[i]` to before `starts[i + 1]`, in launch order. */
export interface SamplePlaces {
  readonly starts: Uint32Array;
  readonly positions: Float64Array;
  readonly lengths: Uint32Array;
}

export class SamplesTrace implements TraceFile {
  readonly form = "samples";
  readonly path: string;
  readonly signals: readonly SignalKind[];
  readonly shows: Shown;
  readonly #content: Bytes;
  readonly #questions: QuestionPlaces;
  readonly #samples: SamplePlaces;

  constructor(
    path: string,
    content: Bytes,
    questions: QuestionPlaces,
    samples: SamplePlaces,
    { signals, shows }: SignalsSeen["seen"],
  ) {
    this.path = path;
    this.signals = signals;
    this.shows = shows;
    this.#content = content;
    this.#questions = questions;
    this.#samples = samples;
  }

  get length(): number {
    return this.#questions.positions.length;
  }

  indexOf(id: string): number {
    return this.#questions.ids.indexOf(id);
  }

  sampleCountAt(index: number): number {
    const { starts } = this.#samples;
    return (starts[index + 1] ?? 0) - (starts[index] ?? 0);
  }

  async questionAt(index: number): Promise<Question> {
    const position = this.#questions.positions[index];
    const length = this.#questions.lengths[index];
    if (position === undefined || length === undefined) throw noSuchQuestion(this.path, index, this.length);
    return readQuestion(await this.#part(position, length, "question"), this);
  }

  async samplesAt(index: number): Promise<readonly RecordedSample[]> {
    const { starts, positions, lengths } = this.#samples;
    const samples: RecordedSample[] = [];
    for (let i = starts[index] ?? 0; i < (starts[index + 1] ?? 0); i++) {
      samples.push(readSample(await this.#part(positions[i]!, lengths[i]!, "sample"), this));
    }
    return samples;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<TraceEntry> {
    for (let index = 0; index < this.length; index++) {
      yield { question: await this.questionAt(index), samples: await this.samplesAt(index) };
    }
  }

  close(): Promise<void> {
    return this.#content.close();
  }

  async #part(position: number, length: number, name: "question" | "sample"): Promise<Fields> {
    const part = (await readKnownLine(this.#content, position, length, this))[name];
    if (!isFields(part)) throw wrongLine({ path: this.path }, "the file was changed while it was open.");
    return part;
  }
}
