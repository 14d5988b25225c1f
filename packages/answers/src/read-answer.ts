import type { Extraction, Sample } from "@quorate/core";
import type { Grader } from "./grader.ts";
import { abstain } from "./reading.ts";

/** What a provider or a recording gives to find an answer in. */
export interface AnswerSource extends Pick<Sample, "text" | "finishReason"> {
  /** The answer that a recording holds. */
  readonly extraction?: Extraction;
}

/** The answer of a sample: read from its text, unless what was recorded is kept or there is nothing else. */
export function readAnswer({ text, finishReason, extraction }: AnswerSource, grader: Grader): Extraction {
  if (extraction !== undefined && (text === undefined || grader.keepsRecorded)) return extraction;
  if (finishReason === "refusal" || finishReason === "content-filter") return abstain("refused");
  const wasCutOff = finishReason === "length";
  if (text === undefined || text.trim() === "") return abstain(wasCutOff ? "truncated" : "empty");
  const read = grader.extract(text);
  // Without an answer, a text that was cut off is another fault than one that went wrong.
  return read.kind === "abstention" && wasCutOff ? abstain("truncated") : read;
}
