import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { likeliestTokens } from "./likeliest-tokens.ts";

const logits = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 60 });

test.prop([logits, fc.integer({ min: 1, max: 70 })])("are the first of all when sorted", (values, count) => {
  const sorted = values.map((logprob, token) => ({ token, logprob })).sort((a, b) => b.logprob - a.logprob);
  const found = likeliestTokens(Float32Array.from(values), count, (token) => values[token]!);
  expect(found).toEqual(sorted.slice(0, count));
});
