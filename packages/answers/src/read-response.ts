import type { Extraction } from "@quorate/core";
import { type Candidate, explicitForms } from "./explicit-forms.ts";
import { abstain, type Reading, toExtraction } from "./reading.ts";
import { afterReasoning } from "./reasoning.ts";
import { type Response, response } from "./response.ts";
import { withoutStatedConfidence } from "./without-stated-confidence.ts";

/** How one kind of answer is read. */
export interface Reader {
  read(candidate: Candidate): Reading;
  /** Asked only when the response has no explicit form at all. */
  fallback(response: Response): Reading;
}

/** Explicit forms in their order; a form that cannot be read is never made up for by a guess from the rest. */
export function readResponse(text: string, reader: Reader): Extraction {
  const body = afterReasoning(text);
  if (body === undefined) return abstain();
  if (body.trim() === "") return abstain(text.trim() === "" ? "empty" : "no-answer");
  const whole = response(withoutStatedConfidence(body));
  let unread = false;
  for (const candidate of explicitForms(whole)) {
    const reading = reader.read(candidate);
    if (typeof reading !== "string") return reading;
    if (candidate.form !== "prose") unread = true;
    else if (reading === "unclear") return abstain();
  }
  return unread ? abstain() : toExtraction(reader.fallback(whole));
}
