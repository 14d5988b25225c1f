import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graderFor } from "./index.ts";

const grader = graderFor({ kind: "number" });

function extracted(text: string): string | null {
  const extraction = grader.extract(text);
  return extraction.kind === "answer" ? extraction.answer : null;
}

describe("numbers in responses", () => {
  it.each<[string, string | null]>([
    ["ANSWER: 42", "42"],
    ["ANSWER: 42.", "42"],
    ["Some working with 17.\nANSWER: 42\n", "42"],
    ["**Answer:** 42", "42"],
    ["**Answer**: 42", "42"],
    ["**Final answer: 42**", "42"],
    ["Final answer = 42", "42"],
    ["## Answer\n\n42", "42"],
    ["Answer:\n42", "42"],
    ["ANSWER: **42**", "42"],
    ["ANSWER: *42*", "42"],
    ["ANSWER: `42`", "42"],
    ["Answer (in km): 42", "42"],
    ["ANSWER: $1,234.50", "1234.5"],
    ["ANSWER: $5", "5"],
    ["ANSWER: -$5", "-5"],
    ["ANSWER: $-5$", "-5"],
    ["ANSWER: US$ 5", "5"],
    ["ANSWER: USD 5", "5"],
    ["ANSWER: 5 dollars", "5"],
    ["ANSWER: €1.234,56", "1234.56"],
    ["ANSWER: 3/4 cup", "0.75"],
    ["ANSWER: x = 5", "5"],
    ["ANSWER: 5 = x", "5"],
    ["ANSWER: 2 + 3 = 5", "5"],
    ["ANSWER: -7 degrees", "-7"],
    ["ANSWER: −7 degrees", "-7"],
    ["ANSWER: - 7", "-7"],
    ["ANSWER: +7", "7"],
    ["ANSWER: 7°C", "7"],
    ["ANSWER: 5 km²", "5"],
    ["ANSWER: 5 cm^2", "5"],
    ["ANSWER: 5 km/h", "5"],
    ["ANSWER: 50 %", "50"],
    ["ANSWER: 50\\%", "50"],
    ["ANSWER: 50 percent", "50"],
    ["ANSWER: 1 234 567", "1234567"],
    ["ANSWER: 1\u2009234\u2009567", "1234567"],
    ["ANSWER: 1\\,234\\,567", "1234567"],
    ["ANSWER: $1{,}234\\text{ m}$", "1234"],
    ["ANSWER: 1,00,000", "100000"],
    ["ANSWER: 1_000", "1000"],
    ["ANSWER: 1'000", "1000"],
    ["ANSWER: 42", "42"],
    ["ANSWER: ٤٢", "42"],
    ["ANSWER: ½", "0.5"],
    ["ANSWER: 1½ cups", "1.5"],
    ["ANSWER: 1 1/2", "1.5"],
    ["ANSWER: $1\\frac{1}{2}$", "1.5"],
    ["ANSWER: \\frac{3}{4}", "0.75"],
    ["ANSWER: -\\frac{3}{4}", "-0.75"],
    ["ANSWER: \\dfrac34", "0.75"],
    ["ANSWER: \\frac{-1}{3}", "-1/3"],
    ["ANSWER: 1.5e3", "1500"],
    ["ANSWER: 1.5×10^3", "1500"],
    ["ANSWER: 1.5 × 10³", "1500"],
    ["ANSWER: 1.5 \\times 10^{3}", "1500"],
    ["ANSWER: 2×10⁻³ m", "0.002"],
    ["ANSWER: 10^6", "1000000"],
    ["ANSWER: 5 million dollars", "5000000"],
    ["ANSWER: seven", "7"],
    ["ANSWER: Twelve.", "12"],
    ["ANSWER: approximately 42", "42"],
    ["ANSWER: 42 because 6 times 7 is 42 and 40 is not", "42"],
    ["ANSWER: 42. I checked it with 3 methods.", "42"],
    ["ANSWER: 5 km in 3 hours", "5"],
    ["ANSWER: 42\n\nLet me know if you need 3 more.", "42"],
    ["ANSWER: the 42nd", "42"],
    ["<answer>42</answer>", "42"],
    ["<answer> x = 42 </answer>", "42"],
    ["so 40+2.\n#### 42", "42"],
    ["#### 1,234", "1234"],
    ["\\boxed{42}", "42"],
    ["\\boxed 42 is it", "42"],
    ["\\fbox{42}", "42"],
    ["$$\\boxed{\\frac{3}{4}}$$", "0.75"],
    ["\\boxed{5 \\text{ km}}", "5"],
    ["\\boxed{x = 5}", "5"],
    ["\\boxed{1} then \\boxed{2}", "2"],
    ["\\boxed{2} then \\boxed{}", "2"],
    ["\\boxed{2}\nANSWER: 3", "2"],
    ["\\boxed{12", null],
    ["The answer is 42.", "42"],
    ["the final answer is: 42", "42"],
    ["The answer is not 5 but 7", "7"],
    ["The answer is not simply 5 but 7.", "7"],
    ["The answer is 7, not 5", "7"],
    ["The answer to 2 + 2 is 4.", "4"],
    ["The correct answer would be 4", "4"],
    ["The answer is:\n\n\\[ 42 \\]", "42"],
    ["The answer is as follows. We add and get 8", "8"],
    ["He has 3 apples and buys 5 more.\nSo in total he has 8 apples.", "8"],
    ["6*7 = 42", "42"],
    ["x = -5", "-5"],
    ["- 5 apples", "5"],
    ["The area is 5 cm^2", "5"],
    ["It is 2.5", "2.5"],
    ["Water is H2O so 5", "5"],
    ["5, as in GPT-4", "5"],
    ["1. Add.\n2. Therefore 9\n3. Done", "9"],
    ["<think>maybe 5</think>ANSWER: 6", "6"],
    ["maybe 5</think>6", "6"],
    ["<think>ANSWER: 5", null],
    ["<think>ANSWER: 5</think>", null],
    ["<think>a</think>ANSWER: 1<think>", null],
    ["", null],
    ["no number here", null],
    ["ANSWER: 3-5", null],
    ["ANSWER: 3–5", null],
    ["ANSWER: 3 to 5", null],
    ["ANSWER: between 3 and 5", null],
    ["ANSWER: 5 or 6", null],
    ["The answer is 5 or 6.", null],
    ["ANSWER: 3, 5", null],
    ["ANSWER: 1,5", null],
    ["ANSWER: 5 feet 3 inches", null],
    ["ANSWER: 2 hours and 30 minutes", null],
    ["ANSWER: 4 out of 5", null],
    ["ANSWER: 12:30", null],
    ["ANSWER: $5.00 per hour", "5"],
    ["ANSWER: 42 (forty-two)", "42"],
    ["ANSWER: The total is 5 + 3 = 8 apples", "8"],
    ["ANSWER: 11/22/2001", null],
    ["It was 11/22/2001", null],
    ["2001-11-22", null],
    ["ANSWER: version 1.2.3", null],
    ["ANSWER: 3:4", null],
    ["ANSWER: 2^{99}", null],
    ["ANSWER: 20\\pi", null],
    ["ANSWER: 3\\sqrt{2}", null],
    ["ANSWER: 5x", null],
    ["ANSWER: 5k", null],
    ["ANSWER: x > 5", null],
    ["ANSWER: 5 ± 1", null],
    ["ANSWER: 1/0", null],
    ["ANSWER: cannot be determined from these 3 facts", null],
    ["ANSWER: unknown\n3", null],
  ])("%j gives %j", (text, answer) => expect(extracted(text)).toBe(answer));
});

describe("canonical numbers", () => {
  it.each([
    ["42", "42"],
    ["042", "42"],
    ["42.0", "42"],
    ["42.500", "42.5"],
    [".5", "0.5"],
    ["-0", "0"],
    ["-0.0", "0"],
    ["3/4", "0.75"],
    ["6/8", "0.75"],
    ["1/3", "1/3"],
    ["-2/6", "-1/3"],
    ["4/2", "2"],
    ["50%", "50"],
    ["0.5", "0.5"],
    ["1e-3", "0.001"],
    ["1e999999999", "1e999999999"],
    ["-12.50e999999999", "-125e999999998"],
    ["0e999999999", "0"],
    ["1e-999999999", "1e-999999999"],
    [`1e${"9".repeat(300)}`, `1e${"9".repeat(300)}`],
    ["12345678901234567890.123456789", "12345678901234567890.123456789"],
    ["x = 5", "5"],
    ["11/22/2001", "11/22/2001"],
    ["none", "none"],
  ])("%s is %s", (answer, canonical) => expect(grader.canonical(answer)).toBe(canonical));

  const settings = { seed: 20260801, numRuns: 500 };
  const integer = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

  it("do not depend on thousands separators, trailing zeros or the sign's spelling", () => {
    fc.assert(
      fc.property(integer, fc.constantFrom(",", " ", "_", "'", "\u202f"), fc.nat(5), (value, separator, zeros) => {
        const digits = (value < 0n ? -value : value).toString().replace(/\B(?=(\d{3})+$)/g, separator);
        const written = `${value < 0n ? "−" : "+"}${digits}${zeros > 0 ? `.${"0".repeat(zeros)}` : ""}`;
        expect(grader.canonical(written)).toBe(value.toString());
      }),
      settings,
    );
  });

  it("do not depend on how a fraction is scaled", () => {
    const positive = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(fc.integer({ min: -10_000, max: 10_000 }), positive, positive, (above, below, factor) => {
        const reduced = grader.canonical(`${above}/${below}`);
        expect(grader.canonical(`${above * factor}/${below * factor}`)).toBe(reduced);
        expect(grader.canonical(`\\frac{${above * factor}}{${below * factor}}`)).toBe(reduced);
      }),
      settings,
    );
  });

  it("come back from an answer line", () => {
    fc.assert(
      fc.property(integer, fc.nat(20), (value, places) => {
        const written = places === 0 ? `${value}` : `${value}e-${places}`;
        expect(extracted(`Working: 1 + 1.\nANSWER: ${written}`)).toBe(grader.canonical(written));
      }),
      settings,
    );
  });
});
