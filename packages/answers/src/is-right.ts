import type { Answer } from "@quorate/core";
import type { Grader } from "./grader.ts";

/** Whether an answer is the gold one. Recorded answers need not be canonical, so both are brought into that form. */
export function isRight(answer: Answer, gold: Answer, grader: Pick<Grader, "canonical" | "equal">): boolean {
  const given = grader.canonical(answer);
  const wanted = grader.canonical(gold);
  return given === wanted || (grader.equal?.(given, wanted) ?? false);
}
