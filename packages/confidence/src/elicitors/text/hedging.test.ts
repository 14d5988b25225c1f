import { describe, expect, it } from "vitest";
import { linguistic } from "../linguistic.ts";
import { hedges } from "./hedge-lexicon.ts";
import { soundOf } from "./hedging.ts";

const sounds = (expression: string) => soundOf(`I worked it through. ${expression} it is 42.`);

describe("how sure a response sounds", () => {
  it("is 1 where nothing is hedged", () => {
    expect(soundOf("6 × 7 = 42.\nANSWER: 42")).toBe(1);
    expect(soundOf("Consider all possible outcomes of a certain number of throws in May. ANSWER: 4")).toBe(1);
  });

  it("is the weight of a hedge that stands alone", () => {
    for (const [expression, weight] of Object.entries(hedges)) {
      expect(soundOf(`So ${expression} 42.`)).toBeCloseTo(weight, 12);
    }
  });

  it("falls with the hedge, as judges of hedged sentences have it", () => {
    const scale = [
      "Almost certainly",
      "Very likely",
      "Probably",
      "Maybe",
      "I doubt that",
      "It is highly unlikely that",
    ];
    const heard = scale.map((hedge) => sounds(hedge)!);
    expect(heard).toEqual(heard.toSorted((a, b) => b - a));
    expect(new Set(heard).size).toBe(scale.length);
  });

  it("reads the longest expression: what is denied is not affirmed", () => {
    expect(sounds("I'm not sure, but")).toBeCloseTo(0.35, 12);
    expect(sounds("I am not certain that")).toBeCloseTo(0.35, 12);
    expect(sounds("Not likely, but")).toBeLessThan(0.3);
    expect(sounds("I’m not sure, but")).toBeCloseTo(0.35, 12);
  });

  it("gives the conclusion half of the weight", () => {
    const body = "Perhaps x is 3. ";
    const rest = "Then y is 4. So z is 5. It follows that w is 6. Done. ";
    // The hedge of the body alone: 1 at the end, .5 over all.
    expect(soundOf(body + rest)).toBeCloseTo((1 + 0.5) / 2, 12);
    expect(soundOf(`${body}${rest}I doubt it.`)).toBeCloseTo((0.2 + (0.5 + 0.2) / 2) / 2, 12);
  });

  it("is 0 for a punt in the conclusion, and not for one that was overcome", () => {
    expect(soundOf("I don't know. ANSWER: 42")).toBe(0);
    expect(soundOf("This cannot be determined from what is given.\nANSWER: 0\nCONFIDENCE: 90")).toBe(0);
    expect(soundOf("I don't know x at first. But 2x = 6. So x = 3. Then y = 4. ANSWER: 4")).toBe(1);
  });

  it("does not hear stated numbers or hidden reasoning, and needs words", () => {
    expect(soundOf("It is 42. I am 20% sure.")).toBe(1);
    expect(soundOf("<think>I don't know.</think>It is 42.")).toBe(1);
    expect(soundOf("42")).toBeUndefined();
    expect(linguistic.measure!.read({ extraction: { kind: "answer", answer: "1" } }, { kind: "number" })).toEqual({});
  });
});
