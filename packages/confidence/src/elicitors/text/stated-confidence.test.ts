import { describe, expect, it } from "vitest";
import { verbalNumeric } from "../verbal-numeric.ts";
import { statedConfidence, withoutStatedConfidence } from "./stated-confidence.ts";

describe("a stated confidence", () => {
  it.each([
    ["6 × 7 = 42\nANSWER: 42\nCONFIDENCE: 85", 0.85],
    ["ANSWER: 90%\nCONFIDENCE: 40%", 0.4],
    ["CONFIDENCE: 40%\nANSWER: 90%", 0.4],
    ["Confidence: **85 %**", 0.85],
    ["**Confidence:** 85", 0.85],
    ["Confidence (0-100): 85", 0.85],
    ['{"answer": "42", "confidence": 0.85}', 0.85],
    ["confidence: .9", 0.9],
    ["Confidence: 1.0", 1],
    ["Confidence: 0", 0],
    ["Confidence: 100", 1],
    ["Confidence: 92.5", 0.925],
    ["Confidence: 92,5 %", 0.925],
    ["Confidence: 0.5%", 0.005],
    ["Confidence: 85/100", 0.85],
    ["Confidence: 8.5/10", 0.85],
    ["Confidence: 9 out of 10", 0.9],
    ["Confidence: 80-90%", 0.85],
    ["Confidence: 80% to 90%", 0.85],
    ["Confidence: about 70 percent", 0.7],
    ["Confidence: ninety-five percent", 0.95],
    ["Confidence: Eighty", 0.8],
    ["Confidence: one hundred percent", 1],
    ["Confidence level: 75%", 0.75],
    ["My confidence in this answer is 90%.", 0.9],
    ["I have a confidence of 60 per cent.", 0.6],
    ["I am 90% confident that it is 42.", 0.9],
    ["The answer is 42, and I'm about 75 percent sure.", 0.75],
    ["At first I was 30% sure. Now I am 95% certain.", 0.95],
    ["I am 95% certain.\nConfidence: 60", 0.6],
    ["Certainty: 55%", 0.55],
    ["<think>Confidence: 10</think>ANSWER: 4\nConfidence: 80", 0.8],
  ])("%s", (text, confidence) => expect(statedConfidence(text)).toBeCloseTo(confidence, 12));

  it.each([
    "ANSWER: 42",
    "ANSWER: 90%",
    "I am confident the answer is 42.",
    "The answer is 85.",
    "Confidence: high",
    "Confidence: B",
    "Confidence: 1",
    "Confidence: 850",
    "Confidence: 140%",
    "Confidence: 12/10",
    "Confidence: -5",
    "The 95% confidence interval is 12 to 14.\nANSWER: 13",
    "At a confidence level of 95% the answer is 13.",
    "The probability is 0.25.\nANSWER: 0.25",
    "<think>Confidence: 10",
    "",
  ])("is not in %j", (text) => {
    expect(statedConfidence(text)).toBeUndefined();
    expect(
      verbalNumeric.measure!.read({ text, extraction: { kind: "answer", answer: "1" } }, { kind: "number" }),
    ).toEqual({});
  });

  it("that cannot be read does not let an earlier one speak for it", () =>
    expect(statedConfidence("Confidence: 80\nConfidence: 800")).toBeUndefined());

  it("is removed with nothing else", () => {
    expect(withoutStatedConfidence("It is 42.\nConfidence: 85").trim()).toBe("It is 42.");
    expect(withoutStatedConfidence("I am 90% sure it is probably 42.")).toMatch(/^I am\s+it is probably 42\.$/);
  });

  it("is found in a megabyte without delay", () => {
    const began = performance.now();
    for (const hostile of ["confidence ".repeat(1e5), "1".repeat(1e6), "confidence (".repeat(1e5), "- ".repeat(5e5)]) {
      expect(statedConfidence(hostile)).toBeUndefined();
    }
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
