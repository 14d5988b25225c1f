import type { GraderSettings } from "@quorate/answers";
import type { Answer } from "@quorate/core";
import type { RecordedSample, TraceFile } from "@quorate/providers";
import { groupName } from "../calibrate/graded-trace.ts";
import { readEntry } from "../replay/reading.ts";

type Measured = Pick<RecordedSample, "extraction" | "signals" | "model">;

export interface StudiedSample extends Measured {
  /** Share of the question's answers that say the same; absent for a sample without an answer. */
  readonly voteShare?: number;
}

/** A question with gold, its answers read as a run would read them. */
export interface StudiedQuestion {
  readonly group: string;
  readonly category?: string;
  readonly samples: readonly StudiedSample[];
  readonly isRight: (answer: Answer) => boolean;
}

export interface StudiedSamples {
  readonly questions: readonly StudiedQuestion[];
  readonly questionCount: number;
  readonly sampleCount: number;
  readonly ungraded: number;
}

export async function studiedSamples(trace: TraceFile, grading: GraderSettings): Promise<StudiedSamples> {
  const questions: StudiedQuestion[] = [];
  let [sampleCount, ungraded] = [0, 0];
  for await (const entry of trace) {
    sampleCount += entry.samples.length;
    const { question, samples, isRight } = readEntry(entry, grading);
    if (isRight === undefined) {
      ungraded += 1;
      continue;
    }
    const category = question.category ?? question.group;
    const measured = samples.map((sample, place): Measured => {
      const { model } = entry.samples[place]!;
      return { extraction: sample.extraction, signals: sample.signals, ...(model !== undefined && { model }) };
    });
    questions.push({
      group: groupName(question),
      ...(category !== undefined && { category }),
      samples: withVoteShares(measured),
      isRight,
    });
  }
  return { questions, questionCount: questions.length + ungraded, sampleCount, ungraded };
}

function withVoteShares(samples: readonly Measured[]): StudiedSample[] {
  const counts = new Map<Answer, number>();
  let all = 0;
  for (const { extraction } of samples) {
    if (extraction.kind === "abstention") continue;
    counts.set(extraction.answer, (counts.get(extraction.answer) ?? 0) + 1);
    all += 1;
  }
  return samples.map((sample) =>
    sample.extraction.kind === "abstention"
      ? sample
      : { ...sample, voteShare: counts.get(sample.extraction.answer)! / all },
  );
}
