import { answerKinds } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { graderFor } from "./index.ts";

const size = 1_000_000;
const fill = (unit: string) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const inputs: Record<string, string> = {
  "open boxes": fill("\\boxed{"),
  "closed boxes": fill("\\boxed{1}"),
  "nested boxes": `${"\\boxed{".repeat(70_000)}1${"}".repeat(70_000)}`,
  braces: fill("{"),
  "closing braces": fill("}"),
  "empty objects": fill("{}"),
  "one deep object": `${'{"answer":'.repeat(50_000)}1${"}".repeat(50_000)}`,
  parentheses: fill("("),
  "a boxed nest": `\\boxed{${"(".repeat(450)}1${")".repeat(450)}}`,
  "boxed groups": `\\boxed{${"{".repeat(450)}1${"}".repeat(450)}}`,
  "boxed fractions": `\\boxed{${"1/3+1/7+1/11+".repeat(70)}1}`,
  "boxed odd fractions": `\\boxed{${Array.from({ length: 90 }, (_, index) => `\\frac1{${1009 + 2 * index}}`)
    .join("+")
    .slice(0, 990)}}`,
  "a boxed power": "\\boxed{9^{9^{9^{9^9}}}}",
  "a huge exponent": "ANSWER: 1e999999999999999999",
  "many exponents": `ANSWER: ${"1e999/".repeat(150)}1`,
  "long fraction": `ANSWER: ${"9".repeat(480)}/${"7".repeat(480)}`,
  digits: fill("7"),
  "digits with commas": fill("123,"),
  "digits with spaces": fill("123 "),
  "digits with points": fill("1.234."),
  "a line of digits": `ANSWER: ${fill("7")}`,
  "the answer is": fill("the answer is "),
  "the answer to": fill("the answer to "),
  "answer lines": "ANSWER:".repeat(100_000),
  "answer lines apart": "ANSWER:\n".repeat(100_000),
  "answer (": fill("answer ("),
  not: `ANSWER: ${fill("not ")}`,
  letters: fill("A B "),
  "letters in a line": `ANSWER: ${"A ".repeat(490)}`,
  dollars: fill("$"),
  "spaced dollars": fill("$ a "),
  "opened formulas": fill("\\("),
  hashes: fill("#"),
  stars: fill("*"),
  whitespace: fill(" "),
  "whitespace in a line": `ANSWER:${fill(" ")}x`,
  newlines: fill("\n"),
  backslashes: fill("\\"),
  quotes: fill('"'),
  fences: fill("```"),
  "deep arrays": fill("["),
  "deep closed arrays": `${"[".repeat(400_000)}${"]".repeat(400_000)}`,
  "a long array": `{"answer":[${fill("1,")}1]}`,
  reasoning: fill("<think>"),
  "closed reasoning": fill("<think></think>"),
  "unicode soup": fill("İß½²﷽\u0301🙂"),
  "lone surrogates": fill("\ud800"),
  "combining marks": fill("\u0301"),
  "one boxed ligature": `\\boxed{${"﷽".repeat(900)}}`,
  patterns: fill("x"),
};
const options = Array.from({ length: 26 }, (_, index) => `option ${index} ${"word ".repeat(20)}`);
const custom = { extract: (text: string) => text.slice(0, 10) };

describe.each(answerKinds)("hostile responses, %s", (kind) => {
  const grader = graderFor({ kind, ...(kind === "choice" && { options }) }, { pattern: "x.*y|(x)|\\d+", custom });

  it.each(Object.keys(inputs))("%s", (name) => {
    const text = inputs[name] ?? "";
    const fastest = (run: () => unknown) =>
      Math.min(
        ...[1, 2, 3].map(() => {
          // CPU time: what else the machine does is no fault of the text.
          const start = process.cpuUsage();
          run();
          const { user, system } = process.cpuUsage(start);
          return (user + system) / 1000;
        }),
      );
    expect(fastest(() => grader.extract(text))).toBeLessThan(50);
    expect(fastest(() => grader.canonical(text))).toBeLessThan(50);
  });
});
