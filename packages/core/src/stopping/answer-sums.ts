import type { Answer } from "../answer.ts";

/** What the votes of one answer have gathered, in a measure of the rule's own. */
export interface AnswerSum {
  readonly answer: Answer;
  readonly sum: number;
  readonly count: number;
}

/** Answers in the order in which they were first seen; one vote more. O(number of answers). */
export function withVote(sums: readonly AnswerSum[], answer: Answer, amount: number): readonly AnswerSum[] {
  const place = sums.findIndex((known) => known.answer === answer);
  if (place === -1) return [...sums, { answer, sum: amount, count: 1 }];
  const { sum, count } = sums[place]!;
  return sums.with(place, { answer, sum: sum + amount, count: count + 1 });
}

/** The largest sum, of equal ones the answer seen first. */
export function largestSum(sums: readonly AnswerSum[]): AnswerSum | undefined {
  return sums.reduce<AnswerSum | undefined>(
    (best, candidate) => (best === undefined || candidate.sum > best.sum ? candidate : best),
    undefined,
  );
}
