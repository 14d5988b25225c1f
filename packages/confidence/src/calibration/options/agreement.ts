import { softmax } from "../../numerics/softmax.ts";

/** What the two stages of one model give to the options of one question: logits or log-probabilities. */
export interface OptionLogits {
  /** Before post-training: calibrated well, by experience, and the target. */
  readonly preTrained: readonly number[];
  /** After it: overconfident, and what is to be calibrated. */
  readonly postTrained: readonly number[];
}

export interface Agreement {
  /** The pre-trained model's probabilities. */
  readonly target: Float64Array;
  readonly logits: readonly number[];
}

/**
 * The questions where both stages name the same option. Others would only flatten: where the pre-trained model gives the
 * named option less than 1/k, its divergence is least at T = ∞ (DACA, arXiv 2505.16690, proposition 3.3).
 */
export function agreementsAmong(questions: Iterable<OptionLogits>): Agreement[] {
  const agreements: Agreement[] = [];
  for (const { preTrained, postTrained } of questions) {
    if (preTrained.length !== postTrained.length || highest(preTrained) !== highest(postTrained)) continue;
    agreements.push({ target: softmax(preTrained), logits: postTrained });
  }
  return agreements;
}

/** The first where several are highest. */
function highest(logits: readonly number[]): number {
  return logits.indexOf(logits.reduce((a, b) => Math.max(a, b)));
}
