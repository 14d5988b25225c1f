import type { GradedQuestions } from "./fitted-weighting.ts";

const fewest = 2;
const most = 1000;

/**
 * How many answers a question behaves as if it had, where it lists no options: K such that two wrong samples agree as often
 * as if they were drawn evenly from K − 1 answers. 2 where no question has two wrong samples.
 */
export function answerCountOf(questions: GradedQuestions): number {
  let agreeing = 0;
  let pairs = 0;
  for (const votes of questions) {
    const wrong = new Map<string, number>();
    let wrongCount = 0;
    for (const { answer, isRight } of votes) {
      if (isRight) continue;
      wrong.set(answer, (wrong.get(answer) ?? 0) + 1);
      wrongCount += 1;
    }
    for (const count of wrong.values()) agreeing += count * (count - 1);
    pairs += wrongCount * (wrongCount - 1);
  }
  if (pairs === 0) return fewest;
  return Math.min(most, Math.max(fewest, Math.round(1 + pairs / agreeing)));
}
