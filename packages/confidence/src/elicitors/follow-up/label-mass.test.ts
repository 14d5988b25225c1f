import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { shown } from "../__fixtures__/asked.ts";
import { labelMass, shareOf } from "./label-mass.ts";

const labels = ["True", "False"] as const;
const share = (token: Parameters<typeof labelMass>[0]) => {
  const mass = labelMass(token, labels);
  return mass === "censored" ? mass : shareOf(mass);
};

describe("the mass of two labels", () => {
  it("adds all spellings of a label", () => {
    const [low, high] = share(shown({ True: 0.5, " True": 0.2, true: 0.1, False: 0.15, FALSE: 0.05 })) as [
      number,
      number,
    ];
    expect([low, high]).toEqual([expect.closeTo(0.8, 9), expect.closeTo(0.8, 9)]);
  });

  it("bounds a label that was not shown by the mass that was not, and by the least likely token that was", () => {
    // 0.1 was not shown, but none of the six spellings of False can have more than 0.004.
    const [low, high] = share(shown({ True: 0.896, " the": 0.004 })) as [number, number];
    expect(low).toBeCloseTo(0.896 / (0.896 + 6 * 0.004), 12);
    expect(high).toBe(1);
    // Here the mass bounds it.
    const [tight] = share(shown({ True: 0.9, " the": 0.09 })) as [number, number];
    expect(tight).toBeCloseTo(0.9 / 0.91, 9);
  });

  it("reads the token itself where a server shows no others, and nothing out of −9999", () => {
    expect(share({ token: "True", logprob: Math.log(0.9) })).toEqual([expect.closeTo(0.9, 9), 1]);
    expect(share({ token: "True", logprob: "censored" })).toBe("censored");
    expect(share(shown({ Maybe: 1 }))).toBeUndefined();
  });

  const vocabulary = ["True", " True", "true", "TRUE", "False", " False", " false", "Maybe", "I", " the", "It"];
  test.prop([
    fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), {
      minLength: vocabulary.length,
      maxLength: vocabulary.length,
    }),
    fc.integer({ min: 1, max: vocabulary.length }),
  ])("always holds the true share between its bounds", (weights, kept) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const all = vocabulary.map((token, place) => [token, weights[place]! / total] as const);
    const sum = (label: string) =>
      all.filter(([token]) => token.trim().toLowerCase() === label).reduce((mass, [, p]) => mass + p, 0);
    const truth = sum("true") / (sum("true") + sum("false"));
    const top = [...all].sort(([, a], [, b]) => b - a).slice(0, kept);
    const found = share(shown(Object.fromEntries(top)));
    if (found === undefined) return;
    expect(found[0]).toBeLessThanOrEqual(truth + 1e-9);
    expect(found[1]).toBeGreaterThanOrEqual(truth - 1e-9);
    if (kept === vocabulary.length) expect(found[1]! as number).toBeCloseTo(found[0] as number, 9);
  });
});
