import { describe, expect, it } from "vitest";
import { alignedRows, wrapped } from "./columns.ts";
import { counted, dollars, mean, percent, percentRange, rounded, signed, unbroken } from "./numbers.ts";
import { shortened, visible } from "./plain.ts";

describe("numbers", () => {
  it("read as people write them", () => {
    expect([percent(0.8434), percent(1), percentRange({ low: 0.81, high: 0.8719 })]).toEqual([
      "84.3 %",
      "100.0 %",
      "81.0–87.2",
    ]);
    expect([signed(0.04, 1), signed(-1.25, 2), signed(3, 1)]).toEqual(["0.0", "−1.25", "+3.0"]);
    expect([mean(16), mean(4.256), mean(4.256, 1)]).toEqual(["16", "4.26", "4.3"]);
    expect([rounded(9_876_543), rounded(14_667_300), rounded(2.5e9)]).toEqual(["9,876,543", "14.7 M", "2.5 G"]);
    expect([counted(1, "question"), counted(1200, "question")]).toEqual(["1 question", "1,200 questions"]);
    expect(unbroken("44.2 % of 3 runs")).toBe("44.2\u00a0% of 3 runs");
  });

  it("keep small sums of money apart from nothing", () => {
    expect([0, 1234.5, 0.0123, 0.000045, -0.02, 1e-9].map(dollars)).toEqual([
      "$0.00",
      "$1,234.50",
      "$0.0123",
      "$0.000045",
      "−$0.0200",
      "$0.00",
    ]);
  });
});

describe("alignedRows", () => {
  it("aligns and leaves no trailing spaces", () => {
    const columns = [
      { head: "name", align: "left" },
      { head: "n", align: "right" },
    ] as const;
    expect(
      alignedRows(columns, [
        ["a", "10"],
        ["longer", "1"],
      ]),
    ).toEqual(["name     n", "a       10", "longer   1"]);
  });

  it("wrapped breaks at words and indents", () => {
    expect(wrapped("one two three-four five", 9, "  ")).toEqual(["one two", "  three-four", "  five"]);
    expect(wrapped("", 9)).toEqual([]);
  });
});

describe("visible", () => {
  it("shows what a terminal would obey or a reader would not see", () => {
    expect(visible("a\u001b[31mb\u202ec\u0000\u200bd\n\u2028é 漢 🙂")).toBe(
      "a⟨U+001B⟩[31mb⟨U+202E⟩c⟨U+0000⟩⟨U+200B⟩d⟨U+000A⟩⟨U+2028⟩é 漢 🙂",
    );
    expect(visible("\ud800")).toBe("⟨U+D800⟩");
  });

  it("shortened never leaves half a character", () => {
    expect(shortened("abcdef", 4)).toBe("abc…");
    expect(shortened("ab🙂def", 4)).toBe("ab…");
    expect(shortened("abcd", 4)).toBe("abcd");
  });
});
