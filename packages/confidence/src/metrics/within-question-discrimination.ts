import { defineMetric } from "./metric.ts";

/**
 * WQD (CISC, arXiv 2502.06233): over all pairs of a right and a wrong answer to the same question, the share where the
 * right one scores higher, ties half. What decides whether weighting a vote can help: AUROC may be high because hard
 * questions score low, while the answers to one question cannot be told apart.
 */
export const withinQuestionDiscrimination = defineMetric({
  name: "wqd",
  scale: "any",
  better: "higher",
  measure({ withinQuestions }) {
    if (withinQuestions === undefined) return "no-questions";
    return withinQuestions.pairs === 0 ? "one-class" : withinQuestions.won / withinQuestions.pairs;
  },
});
