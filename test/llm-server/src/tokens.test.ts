import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { countTokens, splitTokens, takeTokens } from "./tokens.ts";

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 200 }));

test.prop([anyText])("tokens spell the text and are no more than its bytes", (text) => {
  const tokens = splitTokens(text);
  expect(tokens.join("")).toBe(text);
  expect(countTokens(text)).toBe(tokens.length);
  expect(tokens.length).toBeLessThanOrEqual(Buffer.byteLength(text));
});

test.prop([anyText, fc.nat(50)])("a beginning has at most the tokens allowed", (text, limit) => {
  const taken = takeTokens(text, limit);
  expect(text.startsWith(taken.text)).toBe(true);
  expect(taken.tokens).toBe(Math.min(limit, countTokens(text)));
  expect(countTokens(taken.text)).toBe(taken.tokens);
});
