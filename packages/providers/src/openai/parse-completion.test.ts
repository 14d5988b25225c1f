import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCompletion } from "./parse-completion.ts";

describe("parseCompletion", () => {
  it("survives whatever a server sends", () => {
    const usage = {
      prompt_tokens: fc.jsonValue(),
      completion_tokens: fc.jsonValue(),
      prompt_tokens_details: fc.jsonValue(),
    };
    const message = fc.oneof(fc.jsonValue(), fc.record({ content: fc.jsonValue(), refusal: fc.jsonValue() }));
    const choice = fc.record({ message, finish_reason: fc.jsonValue(), logprobs: fc.jsonValue() });
    const body = fc.record({
      choices: fc.array(fc.oneof(choice, fc.jsonValue())),
      usage: fc.oneof(fc.jsonValue(), fc.record(usage)),
    });
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), body), (any) => void parseCompletion(any, true)));
  });

  it("joins the parts of an answer", () => {
    const choices = [
      {
        message: {
          content: [
            { type: "text", text: "a" },
            { type: "text", text: "b" },
          ],
        },
      },
    ];
    expect(parseCompletion({ choices }, false)?.choices[0]?.text).toBe("ab");
  });
});
