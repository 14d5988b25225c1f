import type { Question, Shown, SignalKind } from "@quorate/core";
import type { Bytes } from "./bytes.ts";
import { noSuchQuestion } from "./compact-trace.ts";
import { type Fields, isFields } from "./fields.ts";
import type { IdIndex } from "./id-index.ts";
import type { LinePlaces } from "./note-lines.ts";
import { wrongLine } from "./place.ts";
import { readKnownLine } from "./read-line.ts";
import { readCall, readQuestion, readSample, withFollowUp } from "./samples-line.ts";
import type { SignalsSeen } from "./signals-seen.ts";
import type { RecordedCall, RecordedSample, TraceEntry, TraceFile } from "./trace-file.ts";

export interface QuestionPlaces {
  readonly positions: Float64Array;
  readonly lengths: Uint32Array;
  readonly ids: IdIndex;
}

/** The samples of question i are those from `starts[i]` to before `starts[i + 1]`, in launch order. */
export interface SamplePlaces extends LinePlaces {
  /** By sample: what was asked about it. */
  readonly followUps?: LinePlaces;
  /** By question. */
  readonly calls?: LinePlaces;
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
    const { starts, positions, lengths, followUps } = this.#samples;
    const samples: RecordedSample[] = [];
    for (let i = starts[index] ?? 0; i < (starts[index + 1] ?? 0); i++) {
      let sample = readSample(await this.#part(positions[i]!, lengths[i]!, "sample"), this);
      for (const recorded of await this.#parts(followUps, i, "followUp")) sample = withFollowUp(sample, recorded, this);
      samples.push(sample);
    }
    return samples;
  }

  async callsAt(index: number): Promise<readonly RecordedCall[]> {
    return (await this.#parts(this.#samples.calls, index, "call")).map((recorded) => readCall(recorded, this));
  }

  async *[Symbol.asyncIterator](): AsyncIterator<TraceEntry> {
    for (let index = 0; index < this.length; index++) {
      yield { question: await this.questionAt(index), samples: await this.samplesAt(index) };
    }
  }

  close(): Promise<void> {
    return this.#content.close();
  }

  async #parts(places: LinePlaces | undefined, index: number, name: "followUp" | "call"): Promise<readonly Fields[]> {
    if (places === undefined) return none;
    const { starts, positions, lengths } = places;
    const parts: Fields[] = [];
    for (let i = starts[index] ?? 0; i < (starts[index + 1] ?? 0); i++) {
      parts.push(await this.#part(positions[i]!, lengths[i]!, name));
    }
    return parts;
  }

  async #part(position: number, length: number, name: "question" | "sample" | "followUp" | "call"): Promise<Fields> {
    const part = (await readKnownLine(this.#content, position, length, this))[name];
    if (!isFields(part)) throw wrongLine({ path: this.path }, "the file was changed while it was open.");
    return part;
  }
}

const none: readonly Fields[] = [];
