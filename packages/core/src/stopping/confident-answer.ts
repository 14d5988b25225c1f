import type { Answer } from "../answer.ts";
import type { CountedSample } from "./rule.ts";

/** A single sample that may decide. */
export interface ConfidentAnswer {
  readonly answer: Answer;
  readonly confidence: number;
}

/** The sample's answer when its confidence is at least the level: "≥", since the papers leave it open. */
export function confidentAnswer(sample: CountedSample, level: number): ConfidentAnswer | undefined {
  if (sample.kind === "abstention" || sample.confidence === undefined || sample.confidence < level) return undefined;
  return { answer: sample.answer, confidence: sample.confidence };
}
