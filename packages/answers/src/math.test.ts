import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graderFor } from "./index.ts";

const grader = graderFor({ kind: "math" });

describe("formulas that are the same", () => {
  it.each([
    ["\\frac12", "\\frac{1}{2}", "\\dfrac{1}{2}", "\\tfrac12", "0.5", "1/2", ".50", "$\\frac{2}{4}$", "\\(0.5\\)"],
    ["\\frac{\\pi}{2}", "\\pi/2", "\\frac12\\pi", "π/2", "\\frac{2\\pi}{4}", "0.5\\pi", "\\dfrac{\\pi}{2}"],
    ["\\frac{2\\pi}{3}", "2\\pi/3", "\\frac23\\pi", "\\frac{4 \\pi}{6}"],
    ["\\sqrt2", "\\sqrt{2}", "√2", "sqrt(2)", "\\sqrt 2"],
    ["3+2\\sqrt{2}", "2\\sqrt2+3", "3 + 2 \\cdot \\sqrt{2}", "$3+2\\sqrt{2}$."],
    ["x^2", "x^{2}", "x²", "x ^ 2"],
    ["\\{1,2\\}", "\\{2, 1\\}", "\\left\\{1, 2, 2\\right\\}", "1, 2", "{1,2}", "x=1 \\text{ or } x=2", "2 and 1"],
    ["(1,2)", "\\left(1, 2\\right)", "( 1 , 2.0 )"],
    ["[1,2)", "x \\in [1, 2)", "\\left[1,2\\right)"],
    ["5", "x = 5", "x=5.0", "5 \\text{ cm}", "5\\ \\mathrm{cm}^2", "\\boxed{5}", "5 units", "f(x) = 5", "x_{1} = 5"],
    ["90", "90^\\circ", "90^{\\circ}", "90°", "90 degrees"],
    ["50", "50\\%", "50%"],
    ["1234", "1,234", "1{,}234", "1\\,234", "1\\!,234"],
    ["1.5", "1\\frac{1}{2}", "\\frac{3}{2}", "1 1/2"],
    ["1500", "1.5 \\times 10^{3}", "1.5e3", "1.5\\cdot10^3"],
    ["\\pm 2", "±2", "\\pm{2}"],
    ["\\text{no solution}", "No solution", "no solution."],
    ["\\text{(B)}", "B", "\\mathrm{B}"],
    ["\\sin x", "\\sin(x)", "sin(x)"],
    ["\\frac{a}{b}", "a/b", "\\dfrac ab"],
    ["x \\leq 5", "x ≤ 5", "x \\le 5"],
    ["\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}"],
    ["\\frac{1+\\sqrt5}{2}", "\\frac{\\sqrt{5}+1}{2}", "(1+\\sqrt{5})/2"],
  ])("%j", (first, ...others) => {
    for (const other of others) expect(grader.canonical(other)).toBe(grader.canonical(first));
  });
});

describe("formulas that are not known to be the same", () => {
  it.each([
    ["(1,2)", "(2,1)"],
    ["(1,2)", "[1,2]"],
    ["(1,2)", "\\{1,2\\}"],
    ["x", "X"],
    ["x^2", "x_2"],
    ["x^{12}", "x^1 2"],
    ["2^{10}", "210"],
    ["x<5", "x>5"],
    ["x = 5", "x \\neq 5"],
    ["\\sqrt{23}", "\\sqrt{2}3"],
    ["\\overline{AB}", "\\overline{A}B"],
    ["1/3", "0.333"],
    ["11/22/2001", "1/4002"],
    ["5!", "5"],
    ["\\pm 2", "2"],
    ["2 3", "23"],
  ])("%j and %j", (a, b) => expect(grader.canonical(a)).not.toBe(grader.canonical(b)));
});

describe("formulas in responses", () => {
  it.each<[string, string | null]>([
    ["The answer is $x^2+1$.", "x^{2}+1"],
    ["ANSWER: $\\frac{3}{4}$", "0.75"],
    ["ANSWER: 2\\pi", "2\\pi"],
    ["ANSWER: 42.", "42"],
    ["ANSWER: $1,234.50", "1234.5"],
    ["ANSWER: -7 degrees", "-7"],
    ["ANSWER: 3/4 cup", "0.75"],
    ["ANSWER: 5 apples in total", "5"],
    ["ANSWER: $2$ or $3$", "\\{2,3\\}"],
    ["ANSWER: x = 5 because it fits", "5"],
    ["ANSWER: no solution", "no solution"],
    ["The answer is not 5 but 7", "7"],
    ["so \\boxed{\\frac{1}{9}}.", "1/9"],
    ["$\\boxed{\\{1, 2\\}}$", "\\{1,2\\}"],
    ["So we get\n\\[ x = \\sqrt{2} \\]", "\\sqrt{2}"],
    ["Thus $a=1$ and $x = 7$.", "7"],
    ["x = 7", "7"],
    ["We see $x = 7$.\nThis is a long explanation of something else.", null],
    ["It is hard to say.", null],
  ])("%j gives %j", (text, answer) => {
    const extraction = grader.extract(text);
    expect(extraction.kind === "answer" ? extraction.answer : null).toBe(answer);
  });
});

it("sets do not depend on order or repetition", () => {
  const element = fc.oneof(
    fc.integer({ min: -99, max: 99 }).map(String),
    fc.constantFrom("\\pi", "\\sqrt{2}", "x", "a+b"),
  );
  fc.assert(
    fc.property(fc.array(element, { minLength: 1, maxLength: 6 }), fc.nat(), (elements, turn) => {
      const rotated = elements.map((_, index) => elements[(index + turn) % elements.length]);
      const written = (items: readonly unknown[]) => grader.canonical(`\\{${items.join(", ")}\\}`);
      expect(written([...rotated, elements[0]].reverse())).toBe(written(elements));
    }),
    { seed: 20260803, numRuns: 300 },
  );
});
