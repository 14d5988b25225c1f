import type { Answer, AnswerDistribution, Extraction } from "@quorate/core";
import type { Grader } from "./grader.ts";

/**
 * The answers of one question, each as its class: a custom grader may hold different strings for one answer, and the one
 * seen first stands for all of them.
 */
export function answerClasses(equal: Grader["equal"]): (extraction: Extraction) => Extraction {
  if (equal === undefined) return (extraction) => extraction;
  const representatives: Answer[] = [];
  return (extraction) => {
    if (extraction.kind === "abstention") return extraction;
    const answer = representatives.find((known) => equal(known, extraction.answer));
    if (answer !== undefined) return { kind: "answer", answer };
    representatives.push(extraction.answer);
    return extraction;
  };
}

/** The same classes for a distribution over answers: what falls into one class is added up. */
export function distributionOverClasses(
  distribution: AnswerDistribution,
  classOf: ReturnType<typeof answerClasses>,
): AnswerDistribution {
  const sums = new Map<Answer, number>();
  for (const { answer, probability } of distribution) {
    const extraction = classOf({ kind: "answer", answer });
    const known = extraction.kind === "answer" ? extraction.answer : answer;
    // Recorded probabilities are rounded; their sum stays one.
    sums.set(known, Math.min(1, (sums.get(known) ?? 0) + probability));
  }
  return [...sums].map(([answer, probability]) => ({ answer, probability }));
}
