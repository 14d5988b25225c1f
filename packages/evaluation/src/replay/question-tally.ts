import { answerOf, type Ending } from "./ending.ts";
import type { PreparedQuestion } from "./prepared-question.ts";

/** One policy on one question, summed over its orders. */
export interface QuestionTally {
  readonly replays: number;
  /** Replays that could be graded: all or none. */
  readonly graded: number;
  readonly right: number;
  readonly agreeing: number;
  readonly samples: number;
  readonly rounds: number;
  /** Stopped before the full vote. */
  readonly early: number;
  /** Stopped before the full vote on another answer than the full vote's. */
  readonly wrongMode: number;
}

/** @param fullVote the full vote's answer in each order */
export function tallyOf(
  endings: readonly Ending[],
  { orders, isRight, limits }: PreparedQuestion,
  fullVote: readonly (string | null)[],
): QuestionTally {
  let right = 0;
  let agreeing = 0;
  let samples = 0;
  let rounds = 0;
  let early = 0;
  let wrongMode = 0;
  endings.forEach((ending, permutation) => {
    const answer = answerOf(ending, orders[permutation]!);
    const agrees = answer === fullVote[permutation];
    const isEarly = ending.samples < limits.maxSamples;
    if (isRight !== undefined && answer !== null && isRight(answer)) right += 1;
    if (agrees) agreeing += 1;
    if (isEarly) early += 1;
    if (isEarly && !agrees) wrongMode += 1;
    samples += ending.samples;
    rounds += ending.waves.length;
  });
  const replays = endings.length;
  return { replays, graded: isRight === undefined ? 0 : replays, right, agreeing, samples, rounds, early, wrongMode };
}
