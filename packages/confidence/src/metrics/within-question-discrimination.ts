import { pairsWon } from "./auroc.ts";
import type { GradedScore } from "./graded-score.ts";

/**
 * WQD (CISC, arXiv 2502.06233): over all pairs of a right and a wrong sample of the same question, the share where the
 * right one scores higher, ties half. What decides whether weighting a vote can help: AUROC may be high because hard
 * questions score low, while the samples of one question cannot be told apart. Undefined without such a pair.
 */
export function withinQuestionDiscrimination(questions: Iterable<readonly GradedScore[]>): number | undefined {
  let won = 0;
  let pairs = 0;
  for (const scores of questions) {
    const one = pairsWon(scores);
    won += one.won;
    pairs += one.pairs;
  }
  return pairs === 0 ? undefined : won / pairs;
}
