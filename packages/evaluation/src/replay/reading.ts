import {
  answerClasses,
  distributionOverClasses,
  type Grader,
  type GraderSettings,
  isRight,
  readAnswer,
  recordedGraderFor,
} from "@quorate/answers";
import type { Elicitor } from "@quorate/confidence";
import type { Question, Sample } from "@quorate/core";
import type { TraceEntry } from "@quorate/providers";

/** A sample as far as a vote is concerned; text and tokens where a signal is to be measured in them. */
type ReadSample = Pick<Sample, "extraction" | "signals" | "distribution" | "text" | "tokens">;

/** A recorded question with its answers read, and how one is graded where there is gold. */
export interface ReadEntry {
  readonly question: Question;
  readonly samples: readonly ReadSample[];
  readonly isRight: ((answer: string) => boolean) | undefined;
}

/**
 * Reads answers as a run over the same recording would.
 *
 * @param elicitors what will look at the samples
 */
export function readEntry(
  { question, samples }: TraceEntry,
  settings: GraderSettings,
  elicitors: Iterable<Elicitor | undefined> = [],
): ReadEntry {
  const measures = [...elicitors].some((elicitor) => elicitor?.measure !== undefined);
  const grader = recordedGraderFor(question, settings);
  const classOf = answerClasses(grader.equal);
  const read = (sample: TraceEntry["samples"][number]): ReadSample => {
    const extraction = classOf(readAnswer(sample, grader));
    const { signals, distribution, text, tokens } = sample;
    return {
      extraction,
      signals,
      ...(distribution !== undefined && { distribution: distributionOverClasses(distribution, classOf) }),
      ...(measures && text !== undefined && { text }),
      ...(measures && tokens !== undefined && { tokens }),
    };
  };
  return {
    question,
    samples: samples.map(read),
    isRight: question.gold === undefined ? undefined : remembered(question.gold, grader),
  };
}

/** Every order and every policy asks about the same few answers. */
function remembered(gold: string, grader: Grader): (answer: string) => boolean {
  const known = new Map<string, boolean>();
  return (answer) => {
    const before = known.get(answer);
    if (before !== undefined) return before;
    const verdict = isRight(answer, gold, grader);
    known.set(answer, verdict);
    return verdict;
  };
}
