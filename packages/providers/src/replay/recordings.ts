import type { Shown, SignalKind } from "@quorate/core";
import { SignalsSeen } from "../trace/signals-seen.ts";
import type { RecordedSample, TraceFile } from "../trace/trace-file.ts";

/** Recorded samples by question: all that replaying needs. */
export interface Recordings {
  /** For messages: the file's path, or a name. */
  readonly name: string;
  readonly signals: readonly SignalKind[];
  readonly shows: Shown;
  /** Whether a question's samples are its full vote. A run's journal ends where the run's policy stopped. */
  readonly holdsFullVotes: boolean;
  /** 0 for a question that was not recorded. */
  sampleCount(questionId: string): number;
  samples(questionId: string): Promise<readonly RecordedSample[]>;
  close(): Promise<void>;
}

export function recordingsFromTrace(trace: TraceFile): Recordings {
  return {
    name: trace.path,
    signals: trace.signals,
    shows: trace.shows,
    holdsFullVotes: trace.form === "compact",
    sampleCount: (id) => {
      const index = trace.indexOf(id);
      return index === -1 ? 0 : trace.sampleCountAt(index);
    },
    samples: (id) => {
      const index = trace.indexOf(id);
      return index === -1 ? Promise.resolve([]) : trace.samplesAt(index);
    },
    close: () => trace.close(),
  };
}

export function recordingsFromSamples(
  samples: ReadonlyMap<string, readonly RecordedSample[]>,
  name = "memory",
): Recordings {
  const brought = new SignalsSeen();
  for (const sample of [...samples.values()].flat()) brought.add(sample);
  return {
    name,
    ...brought.seen,
    holdsFullVotes: true,
    sampleCount: (id) => samples.get(id)?.length ?? 0,
    samples: (id) => Promise.resolve(samples.get(id) ?? []),
    close: () => Promise.resolve(),
  };
}
