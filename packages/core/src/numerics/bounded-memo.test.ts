import { describe, expect, it } from "vitest";
import { boundedMemo } from "./bounded-memo.ts";

describe("boundedMemo", () => {
  it("works a value out once, and again only after it had to forget", () => {
    const memo = boundedMemo<string>(2);
    const computed: string[] = [];
    const ask = (key: string) =>
      memo(key, () => {
        computed.push(key);
        return key.toUpperCase();
      });
    expect(["a", "b", "a", "b"].map(ask)).toEqual(["A", "B", "A", "B"]);
    expect(computed).toEqual(["a", "b"]);
    expect(["c", "c", "a"].map(ask)).toEqual(["C", "C", "A"]);
    expect(computed).toEqual(["a", "b", "c", "a"]);
  });
});
