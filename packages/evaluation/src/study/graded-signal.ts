import type { GradedScores } from "@quorate/confidence";
import type { StudiedQuestion, StudiedSample } from "./studied-samples.ts";
import type { StudySignal } from "./study-signals.ts";

export interface GradedSignal {
  readonly scores: GradedScores & { readonly questions: Uint32Array };
  /** By answer, numbered from 0. */
  readonly groups: Uint32Array;
  /** Answers without the signal, and those whose signal the server hid. */
  readonly absent: number;
  readonly censored: number;
}

/** The scores of a signal, of all samples or of those that `includes` lets in. */
export function gradedSignal(
  questions: readonly StudiedQuestion[],
  { score }: StudySignal,
  includes: (sample: StudiedSample) => boolean = () => true,
): GradedSignal {
  const scores: number[] = [];
  const isRight: number[] = [];
  const ofQuestion: number[] = [];
  const groups: number[] = [];
  const groupNumbers = new Map<string, number>();
  let [absent, censored, questionNumber] = [0, 0, 0];
  for (const question of questions) {
    const before = scores.length;
    for (const sample of question.samples) {
      if (sample.extraction.kind === "abstention" || !includes(sample)) continue;
      const found = score(sample);
      if (found === undefined) absent += 1;
      else if (found === "censored") censored += 1;
      else {
        scores.push(found);
        isRight.push(question.isRight(sample.extraction.answer) ? 1 : 0);
        ofQuestion.push(questionNumber);
        groups.push(numberOf(question.group, groupNumbers));
      }
    }
    if (scores.length > before) questionNumber += 1;
  }
  return {
    scores: {
      scores: Float64Array.from(scores),
      isRight: Uint8Array.from(isRight),
      questions: Uint32Array.from(ofQuestion),
    },
    groups: Uint32Array.from(groups),
    absent,
    censored,
  };
}

function numberOf(name: string, numbers: Map<string, number>): number {
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return number;
}
