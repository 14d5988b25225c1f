import { describe, expect, it } from "vitest";
import { endOf } from "./shown.ts";

describe("the end of a text", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length;

  it("is the text where it is short enough", () => expect(endOf("naïve", 6)).toBe("naïve"));

  it.each([10, 11, 12, 13, 50])("has at most %d bytes, whole characters, and the last ones", (most) => {
    const text = "🙂é".repeat(40);
    const end = endOf(text, most);
    expect(bytes(end)).toBeLessThanOrEqual(most);
    expect(end.startsWith("…")).toBe(true);
    expect(text.endsWith(end.slice(1))).toBe(true);
  });
});
