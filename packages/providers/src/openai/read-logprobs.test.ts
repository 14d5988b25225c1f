import { describe, expect, it } from "vitest";
import { readLogprobs } from "./read-logprobs.ts";

describe("readLogprobs", () => {
  const content = (...logprobs: unknown[]) => logprobs.map((logprob) => ({ token: "t", logprob }));
  it("means over what is known while a tenth at most is hidden", () => {
    expect(readLogprobs(content(...Array(9).fill(-2), -9999), false)).toEqual({ mean: -2, sum: "censored" });
    expect(readLogprobs(content(...Array(8).fill(-2), -9999), false)).toEqual({ mean: "censored", sum: "censored" });
  });
  it("sums what is known only when all of it is", () => {
    expect(readLogprobs(content(-2, -0.5), false)).toEqual({ mean: -1.25, sum: -2.5 });
  });
  it("keeps the likeliest tokens, without those that are hidden", () => {
    const top = [{ token: "A", logprob: 1e-9 }, { token: "B", logprob: -9999 }, { token: "C", logprob: -4 }, null];
    const raw = [
      { token: "A", logprob: -9999, top_logprobs: top },
      { token: "x", logprob: -1, top_logprobs: [] },
      { token: "y", logprob: -1, top_logprobs: null },
    ];
    expect(readLogprobs(raw, true)?.tokens).toEqual([
      {
        token: "A",
        logprob: "censored",
        top: [
          { token: "A", logprob: 0 },
          { token: "C", logprob: -4 },
        ],
      },
      { token: "x", logprob: -1 },
      { token: "y", logprob: -1 },
    ]);
  });
  it("is never above 0", () => expect(readLogprobs(content(1e-7), false)).toEqual({ mean: 0, sum: 0 }));
  it("is absent without tokens", () => {
    expect(readLogprobs([], true)).toBeUndefined();
    expect(readLogprobs(null, true)).toBeUndefined();
  });
});
