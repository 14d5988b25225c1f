import type { Question, Sample, Shown, SignalKind } from "@quorate/core";

/** A sample as a recording holds it. Compact recordings have no waves; theirs is 0. */
export interface RecordedSample extends Sample {
  /** Which model gave it, where the recording says so. */
  readonly model?: string;
}

export interface TraceEntry {
  readonly question: Question;
  /** In launch order. */
  readonly samples: readonly RecordedSample[];
}

/** Recorded questions in file order. Only their places are in memory; iterating and random reads go to the file. */
export interface TraceFile extends AsyncIterable<TraceEntry> {
  readonly path: string;
  readonly form: "compact" | "samples";
  /** How many questions. */
  readonly length: number;
  /** Signals that at least one sample has. */
  readonly signals: readonly SignalKind[];
  /** What at least one sample shows beside them, for signals to be measured in. */
  readonly shows: Shown;
  /** The place of a question, −1 when the file does not hold it. */
  indexOf(id: string): number;
  sampleCountAt(index: number): number;
  questionAt(index: number): Promise<Question>;
  samplesAt(index: number): Promise<readonly RecordedSample[]>;
  close(): Promise<void>;
}
