import type { GraderSettings } from "@quorate/answers";
import type { GradedQuestion } from "@quorate/confidence";
import type { Sample } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";
import { readEntry } from "../replay/reading.ts";

/** A question with gold, its answers read as a run would read them. */
interface ReadQuestion extends GradedQuestion {
  readonly samples: readonly Pick<Sample, "extraction" | "signals">[];
  readonly group: string;
}

export interface ReadTraces {
  readonly questions: readonly ReadQuestion[];
  readonly sampleCount: number;
  /** Questions left out. */
  readonly ungraded: number;
}

/** All graded questions of some recordings. What errs together has one group: a source, or one question asked in several. */
export async function readTraces(traces: readonly TraceFile[], grading: GraderSettings): Promise<ReadTraces> {
  const questions: ReadQuestion[] = [];
  let [sampleCount, ungraded] = [0, 0];
  for (const trace of traces) {
    for await (const entry of trace) {
      sampleCount += entry.samples.length;
      const { question, samples, isRight } = readEntry(entry, grading);
      if (isRight === undefined) ungraded += 1;
      else questions.push({ group: groupName(question), samples, isRight });
    }
  }
  return { questions, sampleCount, ungraded };
}

/** Named apart, so that a group may bear the id of a question outside it. */
export function groupName({ id, group }: { readonly id: string; readonly group?: string }): string {
  return group === undefined ? `question ${id}` : `group ${group}`;
}
