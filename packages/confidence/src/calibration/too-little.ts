import { QuorateError } from "@quorate/core";
import type { DataNeeded } from "./method.ts";

/** @throws QuorateError `bad-input` naming how much is needed and how much there is */
export function refuseTooLittle(what: string, needed: DataNeeded, rightCount: number, count: number): void {
  const rarer = Math.min(rightCount, count - rightCount);
  if (count >= needed.scores && rarer >= needed.ofEachClass) return;
  throw new QuorateError({
    code: "bad-input",
    what: `There is too little data to fit ${what}.`,
    seen: `${count} graded scores, ${rightCount} of them right`,
    expected: `at least ${needed.scores}, with ${needed.ofEachClass} right and ${needed.ofEachClass} wrong ones`,
    hint: "Record more questions, or take a method with fewer parameters (temperature, platt).",
  });
}
