import type { Answer, Extraction } from "@quorate/core";
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
