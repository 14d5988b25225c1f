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
  it("is never above 0", () => expect(readLogprobs(content(1e-7), false)).toEqual({ mean: 0, sum: 0 }));
  it("is absent without tokens", () => {
    expect(readLogprobs([], true)).toBeUndefined();
    expect(readLogprobs(null, true)).toBeUndefined();
  });
});
