import { describe, expect, it } from "vitest";
import { addUsage } from "./sample.ts";

describe("addUsage", () => {
  it("adds what is there and invents nothing", () => {
    expect(addUsage({ inputTokens: 1, outputTokens: 2 }, { inputTokens: 3, outputTokens: 4 })).toEqual({
      inputTokens: 4,
      outputTokens: 6,
    });
    expect(
      addUsage(
        { inputTokens: 1, outputTokens: 2, cachedInputTokens: 1 },
        { inputTokens: 3, outputTokens: 4, reasoningTokens: 2, cachedInputTokens: 2 },
      ),
    ).toEqual({ inputTokens: 4, outputTokens: 6, cachedInputTokens: 3, reasoningTokens: 2 });
  });
});
