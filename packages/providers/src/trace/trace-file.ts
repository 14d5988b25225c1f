import type {
  FinishReason,
  Question,
  Reading,
  Sample,
  Shown,
  SignalKind,
  TokenLogprob,
  Usage,
  Usd,
} from "@quorate/core";

/** A sample as a recording holds it. Compact recordings have no waves; theirs is 0. */
export interface RecordedSample extends Sample {
  /** Which model gave it, where the recording says so. */
  readonly model?: string;
}

/** What came back when something was asked about samples of a question. */
export interface RecordedCall {
  /** Equal for equal requests to the same provider. */
  readonly key: string;
  readonly reply:
    | {
        readonly kind: "reply";
        readonly text: string;
        readonly finishReason: FinishReason;
        readonly tokens?: readonly TokenLogprob[];
      }
    | { readonly kind: "scores"; readonly logprobs: readonly Reading[] };
  readonly usage?: Usage;
  readonly costUsd?: Usd;
  readonly latencyMs?: number;
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
  /** With what was asked about them. */
  samplesAt(index: number): Promise<readonly RecordedSample[]>;
  /** In the order in which they came. */
  callsAt(index: number): Promise<readonly RecordedCall[]>;
  close(): Promise<void>;
}
