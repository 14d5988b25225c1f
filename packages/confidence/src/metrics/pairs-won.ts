import type { GradedScores } from "./graded-scores.ts";
import type { RankedScores } from "./ranked-scores.ts";

/** Right answers that score above wrong ones, ties half, and how many such pairs there are. */
export interface PairsWon {
  readonly won: number;
  readonly pairs: number;
}

/** The Mann–Whitney U of the right ones. */
export function pairsWon({ right, wrong, rightCount, count }: RankedScores): PairsWon {
  let won = 0;
  let wrongBelow = 0;
  for (let block = 0; block < right.length; block += 1) {
    won += right[block]! * (wrongBelow + wrong[block]! / 2);
    wrongBelow += wrong[block]!;
  }
  return { won, pairs: rightCount * (count - rightCount) };
}

/** By question, numbered from 0. */
export interface PairsWonByQuestion {
  readonly won: Float64Array;
  readonly pairs: Float64Array;
}

/** Scores are put side by side by question in two typed arrays, right ones and wrong ones, and sorted there. */
export function pairsWonByQuestion({ scores, isRight, questions }: Required<GradedScores>): PairsWonByQuestion {
  const right = segments(scores, isRight, questions, 1);
  const wrong = segments(scores, isRight, questions, 0);
  const count = right.starts.length - 1;
  const won = new Float64Array(count);
  const pairs = new Float64Array(count);
  for (let question = 0; question < count; question += 1) {
    const rightHere = right.of(question);
    const wrongHere = wrong.of(question);
    pairs[question] = rightHere.length * wrongHere.length;
    if (pairs[question]! > 0) won[question] = wonBetween(rightHere.sort(), wrongHere.sort());
  }
  return { won, pairs };
}

function wonBetween(right: Float64Array, wrong: Float64Array): number {
  let won = 0;
  let below = 0;
  let upTo = 0;
  for (const score of right) {
    while (below < wrong.length && wrong[below]! < score) below += 1;
    while (upTo < wrong.length && wrong[upTo]! <= score) upTo += 1;
    won += (below + upTo) / 2;
  }
  return won;
}

function segments(scores: Float64Array, isRight: Uint8Array, questions: Uint32Array, kept: 0 | 1) {
  let questionCount = 0;
  for (const question of questions) questionCount = Math.max(questionCount, question + 1);
  const starts = new Uint32Array(questionCount + 1);
  for (let place = 0; place < scores.length; place += 1) {
    if (isRight[place] === kept) starts[questions[place]! + 1]! += 1;
  }
  for (let question = 0; question < questionCount; question += 1) starts[question + 1]! += starts[question]!;
  const values = new Float64Array(starts[questionCount]!);
  const next = starts.slice();
  for (let place = 0; place < scores.length; place += 1) {
    if (isRight[place] === kept) values[next[questions[place]!]!++] = scores[place]!;
  }
  return { starts, of: (question: number) => values.subarray(starts[question]!, starts[question + 1]!) };
}
