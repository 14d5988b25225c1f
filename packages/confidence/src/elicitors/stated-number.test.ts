import { describe, expect, it } from "vitest";
import { statedNumber, withoutStatedNumbers } from "./stated-number.ts";

describe("a stated number", () => {
  it.each([
    ["85", 0.85],
    ["85%", 0.85],
    ["I would say 85 %.", 0.85],
    ["85/100", 0.85],
    ["8 out of 10", 0.8],
    ["0.85", 0.85],
    [".5", 0.5],
    ["1.0", 1],
    ["100", 1],
    ["0", 0],
    ["1", 0.01],
    ["87.5", 0.875],
    ["Between 60% and 70%", 0.7],
    ["In 2024 I would have said 40%, now 60%", 0.6],
    ["There are 3 reasons: 90%", 0.9],
  ])("%j is %d", (text, value) => expect(statedNumber(text)).toBeCloseTo(value, 12));

  it.each(["", "no idea", "very certain", "150", "150%", "200/100", "1,000"])("%j is none", (text) =>
    expect(statedNumber(text)).toBeUndefined(),
  );
});

describe("a response without its stated numbers", () => {
  it.each([
    ["It is Paris.\nConfidence: 90%", "It is Paris.\n"],
    ["It is Paris.\n**Confidence:** 0.9\nDone.", "It is Paris.\n\nDone."],
    ["I am 80% sure it is Paris.", "I am  it is Paris."],
    ["I am confident (95%) that it is so. My certainty is about 70 percent.", "I am ) that it is so. My ."],
  ])("%j", (text, left) => expect(withoutStatedNumbers(text)).toBe(left));

  it("keeps numbers that are the matter itself", () => {
    const text = "20% of 50 is 10, so the sure profit is 10 in 100 cases.\nANSWER: 10";
    expect(withoutStatedNumbers(text)).toBe(text);
  });

  it("ends on hostile text", () => {
    const began = performance.now();
    withoutStatedNumbers("confidence ".repeat(20_000) + "9".repeat(20_000));
    statedNumber("9 ".repeat(50_000));
    expect(performance.now() - began).toBeLessThan(500);
  });
});
