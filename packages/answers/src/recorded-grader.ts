import type { Question } from "@quorate/core";
import { type Grader, type GraderSettings, graderFor } from "./grader.ts";
import { abstain } from "./reading.ts";
import { canonicalText } from "./text.ts";

const pattern: Grader = { extract: () => abstain(), canonical: canonicalText, keepsRecorded: true };
const custom: Grader = { extract: () => abstain(), canonical: (answer) => answer.trim(), keepsRecorded: true };

/** The grader of a question with recorded answers: what cannot be read again, for want of its setting, is not refused. */
export function recordedGraderFor(question: Pick<Question, "kind" | "options">, settings: GraderSettings = {}): Grader {
  if (question.kind === "pattern" && settings.pattern === undefined) return pattern;
  if (question.kind === "custom" && settings.custom === undefined) return custom;
  return graderFor(question, settings);
}
