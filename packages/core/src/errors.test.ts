import { describe, expect, it } from "vitest";
import { isQuorateError, QuorateError } from "./errors.ts";

describe("QuorateError", () => {
  it("says what is wrong, what was seen and expected, and what to do", () => {
    const cause = new Error("disk");
    const error = new QuorateError({
      code: "bad-option",
      what: "--concurrency is off.",
      seen: 0,
      expected: "an integer from 1 up",
      hint: "Leave it out for 16.",
      cause,
    });
    expect(error.message).toBe("--concurrency is off. Expected an integer from 1 up, got 0. Leave it out for 16.");
    expect(error).toMatchObject({ name: "QuorateError", code: "bad-option", hint: "Leave it out for 16.", cause });
  });

  it("shows values shortened, texts in quotes, and the odd ones too", () => {
    const seen = (value: unknown) => new QuorateError({ code: "bad-input", what: "Bad.", seen: value }).message;
    expect(seen("x")).toBe('Bad. Got "x".');
    expect(seen("y".repeat(500))).toHaveLength("Bad. Got .".length + 121);
    expect(seen(Symbol("s"))).toBe("Bad. Got Symbol(s).");
    expect(new QuorateError({ code: "bad-input", what: "Bad.", expected: "good" }).message).toBe("Bad. Expected good.");
    expect(new QuorateError({ code: "bad-input", what: "Bad." }).cause).toBeUndefined();
  });

  it("is recognised across copies of the package, and nothing else is", () => {
    expect(isQuorateError(new QuorateError({ code: "bad-input", what: "Bad." }))).toBe(true);
    for (const other of [new Error("no"), null, undefined, "text", {}]) expect(isQuorateError(other)).toBe(false);
  });
});
