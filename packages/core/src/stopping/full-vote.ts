import type { Answer } from "../answer.ts";
import type { Verdict } from "./rule.ts";

/** All samples are drawn and the level was not reached: the rule's own vote decides, not the weighted one. */
export function fullVote(answer: Answer, confidence?: number): Verdict {
  return {
    stop: true,
    answer,
    reason: "max-samples",
    certificate: "curtailed",
    ...(confidence !== undefined && { confidence }),
  };
}
