import type { Question, SignalKind } from "@quorate/core";
import type { RecordedSample, TraceEntry, TraceFile } from "@quorate/providers";

/** A trace in memory. */
export function traceOf(entries: readonly TraceEntry[], signals: readonly SignalKind[] = []): TraceFile {
  return {
    path: "memory.jsonl",
    form: "compact",
    length: entries.length,
    signals,
    shows: { text: false, tokens: false, topLogprobs: 0 },
    indexOf: (id) => entries.findIndex(({ question }) => question.id === id),
    sampleCountAt: (index) => entries[index]!.samples.length,
    questionAt: (index) => Promise.resolve(entries[index]!.question),
    samplesAt: (index) => Promise.resolve(entries[index]!.samples),
    async *[Symbol.asyncIterator]() {
      yield* entries;
    },
    callsAt: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

/** A recorded question of kind `exact`: a letter is an answer, a dash none. */
export function recordedQuestion(id: string, letters: string, more: Partial<Question> = {}): TraceEntry {
  return { question: { id, kind: "exact", ...more }, samples: [...letters].map(recordedSample) };
}

function recordedSample(letter: string, index: number): RecordedSample {
  const extraction =
    letter === "-"
      ? ({ kind: "abstention", reason: "recorded" } as const)
      : ({ kind: "answer", answer: letter } as const);
  return { index, wave: 0, extraction, signals: {} };
}
