import { type Question, QuorateError, type Shown, type SignalKind } from "@quorate/core";
import type { Bytes } from "./bytes.ts";
import { readCompactLine } from "./compact-line.ts";
import type { Fields } from "./fields.ts";
import { GrowableFloat64, GrowableUint32 } from "./growable.ts";
import { IdIndex } from "./id-index.ts";
import type { Line } from "./lines.ts";
import { type Place, wrongLine } from "./place.ts";
import { parseKnownLine } from "./read-line.ts";
import { SignalsSeen } from "./signals-seen.ts";
import type { TraceBuilder } from "./trace-builder.ts";
import type { RecordedCall, RecordedSample, TraceEntry, TraceFile } from "./trace-file.ts";

/** What stays in memory: 16 bytes a question here and about 20 in the index of ids. */
interface Places {
  readonly positions: Float64Array;
  readonly lengths: Uint32Array;
  readonly sampleCounts: Uint32Array;
  readonly ids: IdIndex;
}

export class CompactTraceBuilder implements TraceBuilder {
  readonly #positions = new GrowableFloat64();
  readonly #lengths = new GrowableUint32();
  readonly #sampleCounts = new GrowableUint32();
  readonly #ids = new IdIndex();
  readonly #signals = new SignalsSeen();

  add(fields: Fields, line: Line, place: Place): void {
    if ("quorate" in fields) return;
    const { question, samples } = readCompactLine(fields, place);
    if (!this.#ids.add(question.id).isNew) {
      throw wrongLine(
        place,
        `the id ${JSON.stringify(question.id)} was used before. Ids must be unique within a file.`,
      );
    }
    for (const sample of samples) this.#signals.add(sample);
    this.#positions.push(line.position);
    this.#lengths.push(line.bytes.length);
    this.#sampleCounts.push(samples.length);
  }

  finish(path: string, content: Bytes): TraceFile {
    this.#ids.trim();
    const places = {
      positions: this.#positions.trimmed(),
      lengths: this.#lengths.trimmed(),
      sampleCounts: this.#sampleCounts.trimmed(),
      ids: this.#ids,
    };
    return new CompactTrace(path, content, places, this.#signals.seen);
  }
}

class CompactTrace implements TraceFile {
  readonly form = "compact";
  readonly path: string;
  readonly signals: readonly SignalKind[];
  readonly shows: Shown;
  readonly #content: Bytes;
  readonly #places: Places;
  /** Whoever asks for a question asks for its samples next. */
  #latest: { readonly index: number; readonly entry: TraceEntry } | undefined;

  constructor(path: string, content: Bytes, places: Places, { signals, shows }: SignalsSeen["seen"]) {
    this.path = path;
    this.signals = signals;
    this.shows = shows;
    this.#content = content;
    this.#places = places;
  }

  get length(): number {
    return this.#places.positions.length;
  }

  indexOf(id: string): number {
    return this.#places.ids.indexOf(id);
  }

  sampleCountAt(index: number): number {
    return this.#places.sampleCounts[index] ?? 0;
  }

  async questionAt(index: number): Promise<Question> {
    return (this.#entryAtHand(index) ?? (await this.#readEntry(index))).question;
  }

  async samplesAt(index: number): Promise<readonly RecordedSample[]> {
    return (this.#entryAtHand(index) ?? (await this.#readEntry(index))).samples;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<TraceEntry> {
    for (let index = 0; index < this.length; index++) yield this.#entryAtHand(index) ?? (await this.#readEntry(index));
  }

  callsAt(): Promise<readonly RecordedCall[]> {
    return Promise.resolve([]);
  }

  close(): Promise<void> {
    return this.#content.close();
  }

  /** Without waiting, when the line is in memory. */
  #entryAtHand(index: number): TraceEntry | undefined {
    if (this.#latest?.index === index) return this.#latest.entry;
    const { position, length } = this.#placeOf(index);
    const bytes = this.#content.peek(position, length);
    return bytes === undefined ? undefined : this.#parse(index, bytes);
  }

  async #readEntry(index: number): Promise<TraceEntry> {
    const { position, length } = this.#placeOf(index);
    return this.#parse(index, await this.#content.read(position, length));
  }

  #parse(index: number, bytes: Buffer): TraceEntry {
    const place = { path: this.path };
    const entry = readCompactLine(parseKnownLine(bytes, place), place);
    this.#latest = { index, entry };
    return entry;
  }

  #placeOf(index: number): { readonly position: number; readonly length: number } {
    const position = this.#places.positions[index];
    const length = this.#places.lengths[index];
    if (position === undefined || length === undefined) throw noSuchQuestion(this.path, index, this.length);
    return { position, length };
  }
}

export function noSuchQuestion(path: string, index: number, length: number): QuorateError {
  return new QuorateError({ code: "not-found", what: `${path} has ${length} questions, but not number ${index}.` });
}
