import { type DecisionConfidence, decisionConfidenceSchema } from "@quorate/core";
import { parseDocument } from "../calibration/parse-document.ts";

/** @throws QuorateError `bad-input` naming each wrong field */
export function parseDecisionConfidence(input: unknown): DecisionConfidence {
  return parseDocument(decisionConfidenceSchema, input, "decision confidence");
}
