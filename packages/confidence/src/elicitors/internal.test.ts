import type { TokenLogprob } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { internal, internalConfidence } from "./internal.ts";

function place(token: string, likely: Readonly<Record<string, number>>, logprob?: number | "censored"): TokenLogprob {
  const top = Object.entries(likely).map(([spelling, probability]) => ({
    token: spelling,
    logprob: Math.log(probability),
  }));
  return { token, logprob: logprob ?? Math.log(likely[token] ?? 0.01), top };
}

const word = (token: string): TokenLogprob => ({ token, logprob: -0.1, top: [{ token, logprob: -0.1 }] });
const options = ["w", "x", "y", "z"];
const question = { kind: "choice", options } as const;
const read = (answer: string, ...tokens: TokenLogprob[]) =>
  internal.measure!.read({ tokens, extraction: { kind: "answer", answer } }, question);

describe("internal", () => {
  it("is the ratio, not the difference in an exponent", () => {
    const { reading } = internalConfidence(place("A", { A: 0.4, B: 0.3, C: 0.2, D: 0.1 }), "A", 4);
    expect(reading).toBeCloseTo(0.4, 12);
  });

  it("takes the likeliest spelling of each option, and only of options", () => {
    const mixed = place(" B", { " B": 0.4, B: 0.2, " b": 0.1, A: 0.1, " The": 0.1, E: 0.05 });
    const { reading, distribution } = internalConfidence(mixed, "B", 4);
    expect(reading).toBeCloseTo(0.4 / 0.5, 12);
    expect(distribution).toEqual([
      { answer: "A", probability: expect.closeTo(0.1 / 0.8, 12) },
      { answer: "B", probability: expect.closeTo(0.7 / 0.8, 12) },
    ]);
  });

  it("is that of the option that was drawn, which need not be the likeliest", () => {
    expect(internalConfidence(place("C", { A: 0.6, C: 0.2 }), "C", 4).reading).toBeCloseTo(0.25, 12);
    expect(internalConfidence(place("C", { A: 0.6 }, Math.log(0.2)), "C", 4).reading).toBeCloseTo(0.25, 12);
  });

  it("is censored where the server hid the token and shows no other spelling of it", () => {
    expect(internalConfidence(place("C", { A: 0.6 }, "censored"), "C", 4)).toEqual({ reading: "censored" });
    expect(internalConfidence(place("C", { A: 0.6, " C": 0.2 }, "censored"), "C", 4).reading).toBeCloseTo(0.25, 12);
  });

  it("looks at the letter that gives the answer", () => {
    const final = place(" B", { " B": 0.9, " A": 0.1 });
    const early = place(" B", { " B": 0.5, " A": 0.5 });
    expect(read("B", word("Maybe"), early, word("."), word("\nANSWER"), word(":"), final).reading).toBeCloseTo(0.9, 12);
    expect(read("B", early, word(" it is, as option"), final).reading).toBeCloseTo(0.5, 12);
    expect(read("B", word("So"), early, word(", or rather"), final).reading).toBeCloseTo(0.9, 12);
    expect(read("B", word("ANSWER: ("), place("B", { B: 0.7, C: 0.3 }), word(")")).reading).toBeCloseTo(0.7, 12);
  });

  it("is absent without options, an answer, a letter in the text or the likeliest tokens", () => {
    const final = place("B", { B: 0.9, A: 0.1 });
    expect(
      internal.measure!.read({ tokens: [final], extraction: { kind: "answer", answer: "B" } }, { kind: "choice" }),
    ).toEqual({});
    expect(
      internal.measure!.read({ tokens: [final], extraction: { kind: "abstention", reason: "truncated" } }, question),
    ).toEqual({});
    expect(read("B", word("the second"))).toEqual({});
    expect(read("B", { token: "B", logprob: -0.1 })).toEqual({});
    expect(read("B")).toEqual({});
  });
});
