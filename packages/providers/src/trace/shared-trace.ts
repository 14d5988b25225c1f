import type { Question } from "@quorate/core";
import type { RecordedSample, TraceEntry, TraceFile } from "./trace-file.ts";

interface Shared {
  readonly trace: Promise<TraceFile>;
  holders: number;
}

const open = new Map<string, Shared>();

/**
 * One scan and one set of tables for all who have the same file open, as a replay does that takes its questions and its
 * samples from one recording. `identity` changes with the file's content. The file closes when its last holder does.
 */
export async function sharedTrace(identity: string, openIt: () => Promise<TraceFile>): Promise<TraceFile> {
  const shared = open.get(identity) ?? { trace: openIt(), holders: 0 };
  open.set(identity, shared);
  shared.holders++;
  let trace: TraceFile;
  try {
    trace = await shared.trace;
  } catch (error) {
    open.delete(identity);
    throw error;
  }
  return new HeldTrace(trace, async () => {
    shared.holders--;
    if (shared.holders > 0) return;
    if (open.get(identity) === shared) open.delete(identity);
    await trace.close();
  });
}

class HeldTrace implements TraceFile {
  readonly #trace: TraceFile;
  readonly #release: () => Promise<void>;
  #closed = false;

  constructor(trace: TraceFile, release: () => Promise<void>) {
    this.#trace = trace;
    this.#release = release;
  }

  get path(): string {
    return this.#trace.path;
  }

  get form(): TraceFile["form"] {
    return this.#trace.form;
  }

  get length(): number {
    return this.#trace.length;
  }

  get signals(): TraceFile["signals"] {
    return this.#trace.signals;
  }

  get shows(): TraceFile["shows"] {
    return this.#trace.shows;
  }

  indexOf(id: string): number {
    return this.#trace.indexOf(id);
  }

  sampleCountAt(index: number): number {
    return this.#trace.sampleCountAt(index);
  }

  questionAt(index: number): Promise<Question> {
    return this.#trace.questionAt(index);
  }

  samplesAt(index: number): Promise<readonly RecordedSample[]> {
    return this.#trace.samplesAt(index);
  }

  callsAt(index: number): ReturnType<TraceFile["callsAt"]> {
    return this.#trace.callsAt(index);
  }

  [Symbol.asyncIterator](): AsyncIterator<TraceEntry> {
    return this.#trace[Symbol.asyncIterator]();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#release();
  }
}
