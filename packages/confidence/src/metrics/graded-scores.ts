/** A confidence (or raw score) and whether its answer was right. */
export interface GradedScore {
  readonly score: number;
  readonly isRight: boolean;
}

/** Many of them, place by place, in a form that a million of fit. */
export interface GradedScores {
  /** Finite; probabilities in [0,1] for the metrics that judge probabilities. */
  readonly scores: Float64Array;
  /** 1 for right, 0 for wrong. */
  readonly isRight: Uint8Array;
  /** The question that each belongs to, numbered from 0 without gaps; absent where they stand alone. */
  readonly questions?: Uint32Array;
}

export function packScores(list: readonly GradedScore[]): GradedScores {
  const scores = new Float64Array(list.length);
  const isRight = new Uint8Array(list.length);
  list.forEach((one, place) => {
    scores[place] = one.score;
    isRight[place] = one.isRight ? 1 : 0;
  });
  return { scores, isRight };
}

/** The scores of each question, kept apart for the metrics that compare within a question. */
export function packQuestions(
  list: readonly (readonly GradedScore[])[],
): GradedScores & { readonly questions: Uint32Array } {
  const packed = packScores(list.flat());
  const questions = new Uint32Array(packed.scores.length);
  let start = 0;
  list.forEach((scores, question) => {
    questions.fill(question, start, start + scores.length);
    start += scores.length;
  });
  return { ...packed, questions };
}
