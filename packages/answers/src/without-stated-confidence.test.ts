import { describe, expect, it } from "vitest";
import { graderFor } from "./grader.ts";

const number = graderFor({ kind: "number" });
const choice = graderFor({ kind: "choice", options: ["one", "two", "three", "four"] });
const text = graderFor({ kind: "text" });
const exact = graderFor({ kind: "exact" });

describe("a stated confidence", () => {
  it.each([
    [number, "6 × 7 = 42\nANSWER: 42\nCONFIDENCE: 85", "42"],
    [number, "It makes 42 in all.\nConfidence: 85%", "42"],
    [number, "It makes 42 in all.\n**Confidence (0-100):** 85\n", "42"],
    [number, "It makes 42.\n\nMy confidence level: ninety percent\n\n", "42"],
    [number, "CONFIDENCE: 85\nANSWER: 42", "42"],
    [choice, "So it is B.\nCONFIDENCE: 90", "B"],
    [choice, "B\nConfidence: 0.9", "B"],
    [text, "ANSWER: Paris\nConfidence: 70", "paris"],
    [exact, "Paris\nConfidence: 70", "Paris"],
  ])("is never the answer (%#)", (grader, response, answer) =>
    expect(grader.extract(response)).toEqual({ kind: "answer", answer }),
  );

  it("alone is no answer", () => {
    expect(number.extract("CONFIDENCE: 85")).toEqual({ kind: "abstention", reason: "no-answer" });
    expect(exact.extract("CONFIDENCE: 85")).toEqual({ kind: "abstention", reason: "no-answer" });
  });

  it("is a line of its own: a sentence about confidence stays", () => {
    expect(number.extract("With this confidence: 85 of them and 3 more make a total of 88")).toEqual({
      kind: "answer",
      answer: "88",
    });
  });
});
