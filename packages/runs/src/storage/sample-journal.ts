import type { FollowUp, Question, Sample, Signals } from "@quorate/core";
import { openTrace, type RecordedCall, type RecordedSample, type TraceFile } from "@quorate/providers";
import { AppendLog, type Durability } from "./append-log.ts";
import { recoverTail } from "./tail.ts";

const header = '{"quorate":"samples","version":1}';

/**
 * `samples.jsonl`: every sample the moment it arrives, in the samples form of a trace, so that any run can be replayed.
 * Remembers with one bit a question whether the question itself has been written.
 */
export class SampleJournal {
  readonly #log: AppendLog;
  readonly #announced: Uint8Array;
  readonly #earlier: TraceFile | undefined;
  readonly #retryFailed: boolean;
  /** Samples without an answer that are asked for again, as `id/index`. */
  readonly #replaceable = new Set<string>();
  #sampleCount = 0;

  private constructor(log: AppendLog, length: number, earlier: TraceFile | undefined, retryFailed: boolean) {
    this.#log = log;
    this.#announced = new Uint8Array(Math.ceil(length / 8));
    this.#earlier = earlier;
    this.#retryFailed = retryFailed;
  }

  static async open(
    path: string,
    length: number,
    indexOf: (id: string) => number,
    durability: Durability,
    retryFailed: boolean,
    warn: (message: string) => void,
  ): Promise<SampleJournal> {
    const { size, droppedBytes } = recoverTail(path);
    if (droppedBytes > 0)
      warn(`${path}: a torn last line (${droppedBytes} bytes) was dropped; its sample was never counted`);
    const earlier = size > header.length + 1 ? await openTrace(path, { onWarning: warn }) : undefined;
    const journal = new SampleJournal(new AppendLog(path, durability), length, earlier, retryFailed);
    if (size === 0) journal.#log.append(header);
    for (let i = 0; earlier !== undefined && i < earlier.length; i += 1) {
      const index = indexOf((await earlier.questionAt(i)).id);
      if (index === -1) continue;
      journal.#announce(index);
      journal.#sampleCount += earlier.sampleCountAt(i);
    }
    return journal;
  }

  /** Samples on record, by this process and earlier ones. */
  get sampleCount(): number {
    return this.#sampleCount;
  }

  /**
   * Samples of the question that an earlier process recorded. To retry, those of a question without any answer are left
   * out; the new ones will take their places.
   */
  async earlierSamples(id: string): Promise<readonly RecordedSample[]> {
    const index = this.#earlier?.indexOf(id) ?? -1;
    if (index === -1) return none;
    const samples = await this.#earlier!.samplesAt(index);
    if (!this.#retryFailed || samples.some(({ extraction }) => extraction.kind === "answer")) return samples;
    for (const sample of samples) this.#replaceable.add(`${id}/${sample.index}`);
    return none;
  }

  append(index: number, question: Question, sample: Sample): void {
    if (this.#announce(index)) this.#log.append(JSON.stringify({ question: { index, ...question } }));
    this.#sampleCount += 1;
    const replaces = this.#replaceable.size > 0 && this.#replaceable.delete(`${question.id}/${sample.index}`);
    this.#log.append(JSON.stringify({ sample: { question: index, ...sample, ...(replaces && { replaces }) } }));
  }

  /** What an earlier process asked about samples of the question. */
  earlierCalls(id: string): Promise<readonly RecordedCall[]> {
    const index = this.#earlier?.indexOf(id) ?? -1;
    return index === -1 ? Promise.resolve(noCalls) : this.#earlier!.callsAt(index);
  }

  /** A reply to what was asked about samples, before anybody reads it. */
  appendCall(index: number, { key, reply, ...paid }: RecordedCall): void {
    const { kind: _, ...said } = reply;
    this.#log.append(JSON.stringify({ call: { question: index, key, ...said, ...paid } }));
  }

  /** What came of asking about a sample that is on record. */
  appendFollowUp(index: number, sample: number, followUp: FollowUp, signals: Signals): void {
    this.#log.append(JSON.stringify({ followUp: { question: index, index: sample, ...followUp, signals } }));
  }

  flushed(): Promise<void> {
    return this.#log.flushed();
  }

  async close(): Promise<void> {
    await this.#earlier?.close();
    await this.#log.close();
  }

  /** True the first time. */
  #announce(index: number): boolean {
    const bit = 1 << (index & 7);
    const isNew = (this.#announced[index >> 3]! & bit) === 0;
    this.#announced[index >> 3]! |= bit;
    return isNew;
  }
}

const none: readonly RecordedSample[] = [];
const noCalls: readonly RecordedCall[] = [];
