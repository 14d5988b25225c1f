import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomModelFile, specialTokens } from "./__fixtures__/random-model.ts";
import { readModelFile } from "./model-file.ts";
import { promptOf, type Tokenize } from "./prompt.ts";

const model = readModelFile(randomModelFile());

/** One token a UTF-16 unit; reads special tokens out of any text, as some tokenisers do for some kinds of token. */
const eager: Tokenize = (text) => {
  const special = specialTokens.findIndex((token) => text.startsWith(token));
  if (text === "") return [];
  if (special !== -1) return [special, ...eager(text.slice(specialTokens[special]!.length), true)];
  return [100 + text.charCodeAt(0), ...eager(text.slice(1), true)];
};

const user = (content: string) => [{ role: "user", content }] as const;
const plain = (text: string): number[] => Array.from({ length: text.length }, (_, i) => 100 + text.charCodeAt(i));

describe("promptOf", () => {
  it("puts the question into the model's own form", () => {
    expect(promptOf(user(" hi\n"), model, eager)).toEqual({ kind: "tokens", tokens: [0, ...plain("hi"), 1] });
    expect(promptOf(user("hi"), { ...model, startToken: 3 }, eager)).toMatchObject({
      tokens: [3, 0, ...plain("hi"), 1],
    });
    expect(promptOf(user("hi"), { ...model, promptTemplate: undefined }, eager)).toMatchObject({ tokens: plain("hi") });
  });

  it("never reads a control token out of a question, whatever the tokeniser does", () => {
    const part = fc.oneof(
      fc.constantFrom(...specialTokens),
      fc.constantFrom("<", "<|", "|>", "CNF>", "x", "{{question}}"),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const text = parts.join("");
        expect(promptOf(user(text), model, eager)).toMatchObject({ tokens: [0, ...plain(text), 1] });
      }),
    );
  });

  it.each([
    ["no message", [], /no text/],
    ["an empty question", user(" \n"), /no text/],
    ["a system message", [{ role: "system", content: "x" }, ...user("hi")], /one message of the user/],
    ["an answer", [{ role: "assistant", content: "x" }], /one message of the user/],
  ] as const)("cannot use %s", (_what, messages, why) => {
    expect(promptOf(messages, model, eager)).toEqual({ kind: "unusable", why: expect.stringMatching(why) });
  });
});
