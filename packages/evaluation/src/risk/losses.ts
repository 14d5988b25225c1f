import type { Risk } from "@quorate/core";

/** An answer, and whether it is right where gold tells. */
export interface Answered {
  readonly answer: string | null;
  readonly isRight: boolean | undefined;
}

/** What one early answer costs beside the full vote on the same samples; undefined where only gold could tell. */
export function lossOf(risk: Risk, early: Answered, full: Answered): 0 | 1 | undefined {
  if (risk === "disagreement") return early.answer === full.answer ? 0 : 1;
  if (early.isRight === undefined || full.isRight === undefined) return undefined;
  return full.isRight && !early.isRight ? 1 : 0;
}
