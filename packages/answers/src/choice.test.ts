import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graderFor } from "./index.ts";

function extracted(text: string, options?: readonly string[]): string | null {
  const extraction = graderFor({ kind: "choice", ...(options && { options }) }).extract(text);
  return extraction.kind === "answer" ? extraction.answer : null;
}

const organelles = ["Nucleus", "Mitochondria", "Golgi apparatus", "Cell wall"];
const vitamins = ["Vitamin A", "Vitamin C", "Vitamin D", "None of them"];
const fractions = ["1/2", "3/4", "$\\frac{1}{3}$", "2"];

describe("letters in responses", () => {
  it.each<[string, string | null]>([
    ["ANSWER: B", "B"],
    ["ANSWER: b", "B"],
    ["ANSWER: (B)", "B"],
    ["ANSWER: B.", "B"],
    ["ANSWER: B)", "B"],
    ["ANSWER: [B]", "B"],
    ["ANSWER: **B**", "B"],
    ["**ANSWER: B**", "B"],
    ["ANSWER: $B$", "B"],
    ["ANSWER: option B", "B"],
    ["ANSWER: Option (b)", "B"],
    ["ANSWER: \\text{B}", "B"],
    ["ANSWER: B", "B"],
    ["ANSWER: (B)", "B"],
    ["ANSWER: B because A is wrong", "B"],
    ["ANSWER: B. Mitochondria", "B"],
    ["ANSWER: B) Mitochondria, unlike A", "B"],
    ["ANSWER: A", "A"],
    ["ANSWER: A because of that", "A"],
    ["ANSWER: A, since it fits", "A"],
    ["ANSWER: B, not A", "B"],
    ["ANSWER: not A but B", "B"],
    ["ANSWER: The correct option is D", "D"],
    ["ANSWER: It's C", "C"],
    ["\\boxed{B}", "B"],
    ["\\boxed{\\text{(B)}}", "B"],
    ["\\boxed{\\textbf{(B)}\\ 42}", "B"],
    ["$\\boxed{\\mathrm{B}}$", "B"],
    ["The answer is B", "B"],
    ["The answer is (B).", "B"],
    ["The answer is **B**.", "B"],
    ["The correct answer is: B", "B"],
    ["The answer is option B, which says so.", "B"],
    ["The answer is clearly B.", "B"],
    ["So the best answer choice is (C) because of (A).", "C"],
    ["I would pick B", "B"],
    ["Option B is correct.", "B"],
    ["(B)", "B"],
    ["B", "B"],
    ["b", "B"],
    ["B.", "B"],
    ["**B**", "B"],
    ["B\n\nBecause it is the best.", "B"],
    ["Some thoughts.\n\nTherefore, (D) is right.", "D"],
    ["The answer isn't A; it's B", "B"],
    ["<think>A</think>B", "B"],
    ["ANSWER: K", "K"],
    ["K", null],
    ["I think it's A or B", null],
    ["ANSWER: A or B", null],
    ["ANSWER: A/B", null],
    ["ANSWER: A and C", null],
    ["ANSWER: A, B", null],
    ["A man walks into a bar.", null],
    ["ANSWER: A man walks into a bar", null],
    ["I am not sure about a thing.", null],
    ["ANSWER: I do not know", null],
    ["The answer is a matter of taste", null],
    ["ANSWER: Hepatitis B", null],
    ["ANSWER: T-shirt", null],
    ["ANSWER: 42", null],
    ["A. one\nB. two\nC. three", null],
    ["", null],
  ])("%j gives %j", (text, answer) => expect(extracted(text)).toBe(answer));

  it.each<[string, readonly string[], string | null]>([
    ["ANSWER: Mitochondria", organelles, "B"],
    ["ANSWER: mitochondria.", organelles, "B"],
    ["ANSWER: The mitochondria of the cell", organelles, "B"],
    ["The answer is the Golgi apparatus.", organelles, "C"],
    ["Mitochondria", organelles, "B"],
    ["B. Mitochondria\nThey make energy.", organelles, "B"],
    ["ANSWER: Nucleus or Mitochondria", organelles, null],
    ["ANSWER: E", organelles, null],
    ["\\boxed{E}", organelles, null],
    ["ANSWER: Vitamin C", vitamins, "B"],
    ["ANSWER: \\frac{3}{4}", fractions, "B"],
    ["ANSWER: 0.75", fractions, "B"],
    ["\\boxed{1/3}", fractions, "C"],
    ["ANSWER: 7", fractions, null],
    ["ANSWER: A", ["B", "A"], "A"],
    ["ANSWER: same", ["same", "same"], null],
    ["ANSWER: dark red", ["red", "dark red"], "B"],
    ["\\boxed{7}, so the answer is (B)", organelles, "B"],
  ])("%j among %j gives %j", (text, options, answer) => expect(extracted(text, options)).toBe(answer));

  it("does not depend on how the letter is spelled", () => {
    const spellings = ["L", "(L)", "L.", "L)", "**L**", "option L", "\\text{L}", "\\boxed{\\text{(L)}}", "$L$", "[L]"];
    const frames = ["ANSWER: X", "The answer is X", "Thinking.\nFinal answer: X", "**Answer:** X"];
    fc.assert(
      fc.property(
        fc.constantFrom(..."ABCDEFGHIJ"),
        fc.constantFrom(...spellings),
        fc.constantFrom(...frames),
        (letter, spelling, frame) => {
          expect(extracted(frame.replace("X", () => spelling.replace("L", letter)))).toBe(letter);
        },
      ),
      { seed: 20260802, numRuns: 400 },
    );
  });
});

it("brings gold answers to letters", () => {
  const grader = graderFor({ kind: "choice", options: organelles });
  expect(["B", "(b)", "Mitochondria", "B. Mitochondria"].map(grader.canonical)).toEqual(["B", "B", "B", "B"]);
  expect(grader.canonical("Chloroplast")).toBe("chloroplast");
});
