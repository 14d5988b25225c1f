import type { WeightingSpec } from "@quorate/core";
import type { GradedVote } from "../metrics/graded-vote.ts";
import { type ShrunkDiscrimination, shrunkDiscrimination } from "./shrunk-discrimination.ts";

export interface FittedWeighting {
  /** As a policy writes it. */
  readonly weighting: WeightingSpec;
  /** Why it is not what was asked for, for the person to read. */
  readonly note?: string;
  /** Absent where no question had both right and wrong answers with a confidence. */
  readonly discrimination?: ShrunkDiscrimination;
}

/** One question's recorded votes after another. */
export type GradedQuestions = readonly (readonly GradedVote[])[];

/**
 * Weights must earn their place: where the samples of one question cannot be told apart by confidence, or the wrong ones are
 * the surer, votes count as one each, and the note says so. `mayInvert` is for weightings that can use the latter.
 */
export function fittedWhereItDiscriminates(
  questions: GradedQuestions,
  form: string,
  fit: (discrimination: ShrunkDiscrimination) => WeightingSpec,
  mayInvert = false,
): FittedWeighting {
  const count: WeightingSpec = { form: "count" };
  const discrimination = shrunkDiscrimination(questions);
  if (discrimination === undefined) {
    return {
      weighting: count,
      note: `no question has right and wrong answers with a confidence, so nothing says what ${form} weights are worth: every vote counts as one`,
    };
  }
  const { shrunk } = discrimination;
  if (shrunk > 0.5 || (mayInvert && shrunk < 0.5)) return { weighting: fit(discrimination), discrimination };
  const finding =
    shrunk === 0.5
      ? "the confidence does not tell right from wrong within a question"
      : "within a question the wrong answers have the higher confidence";
  return {
    weighting: count,
    note: `${finding} (${figures(discrimination)}): every vote counts as one`,
    discrimination,
  };
}

function figures({ measured, standardError, questionCount }: ShrunkDiscrimination): string {
  return `WQD ${measured.toFixed(3)} ± ${standardError.toFixed(3)} over ${questionCount} questions`;
}
