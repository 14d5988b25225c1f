import { answerKinds } from "@quorate/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Grader, graderFor } from "./index.ts";

const settings = { pattern: "answer is (.*)|\\d+", custom: { extract: (text: string) => text } };
const graders = answerKinds.map((kind): [string, Grader] => [
  kind,
  graderFor({ kind, ...(kind === "choice" && { options: ["red", "green", "1/2", "a b"] }) }, settings),
]);

const piece = fc.constantFrom(
  ..."0 1 42 -7 1,234 1.5 3/4 1e9 x = + - * / ^ _ ( ) [ ] { } , . ! | < $ % A B I a the is not or answer ANSWER: \\boxed \\frac \\sqrt \\text \\pi \\pm \\{ \\} \\left \\sin \\begin \\\\ \" ' ** ` ½ ² − √ π B ° İ ß".split(
    " ",
  ),
  " ",
  "\n",
);
const soup = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
const anything = fc.oneof(soup, fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 60 }));

describe.each(graders)("%s", (_kind, grader) => {
  it("leaves canonical answers as they are", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = grader.canonical(text);
        expect(grader.canonical(once)).toBe(once);
      }),
      { seed: 20260804, numRuns: 3_000 },
    );
  });

  it("extracts canonical answers, or abstains, from anything", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const extraction = grader.extract(text);
        if (extraction.kind === "abstention") expect(extraction.reason).toMatch(/no-answer|empty/);
        else expect(grader.canonical(extraction.answer)).toBe(extraction.answer);
      }),
      { seed: 20260805, numRuns: 3_000 },
    );
  });
});

it.each(graders.filter(([kind]) => /number|math|text|exact|choice/.test(kind)))(
  "%s: finds in a line what it finds alone",
  (kind, grader) => {
    const simple = kind === "choice" ? fc.constantFrom("A", "B", "red") : fc.constantFrom("42", "-1.5", "1/3", "7");
    fc.assert(
      fc.property(simple, (answer) => {
        expect(grader.extract(`So, 5 + 5.\nANSWER: ${answer}`)).toEqual({
          kind: "answer",
          answer: grader.canonical(answer),
        });
      }),
      { seed: 20260806, numRuns: 50 },
    );
  },
);
