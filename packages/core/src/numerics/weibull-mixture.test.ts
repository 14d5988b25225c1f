import { describe, expect, it } from "vitest";
import { higherComponent } from "./weibull-mixture.ts";

const twoGroups = [0.02, 0.035, 0.05, 0.06, 0.08, 0.11, 0.5, 0.62, 0.7, 0.74, 0.81, 0.9, 0.88, 0.66];

/** P(higher), from parameters found by Nelder and Mead on the likelihood of the values themselves, apart from this code. */
const expected: [number, number][] = [
  [0.02, 1.1446e-9],
  [0.11, 4.8447e-5],
  [0.15, 3.1291e-3],
  [0.2, 0.595999],
  [0.25, 0.999615],
  [0.5, 1],
];

describe("mixture of two Weibull distributions", () => {
  it.each(expected)("finds the maximum of the likelihood: at %d", (value, probability) => {
    expect(Math.abs(higherComponent(twoGroups)!(value) - probability)).toBeLessThan(1e-5);
  });

  it("does not depend on the order or the unit of the values", () => {
    const tiny = twoGroups.map((value) => value * 1e-250).reverse();
    for (const [value, probability] of expected) {
      expect(Math.abs(higherComponent(tiny)!(value * 1e-250) - probability)).toBeLessThan(1e-5);
    }
  });

  it.each([
    ["too few", [0.1, 0.2, 0.3, 0.4, 0.5]],
    ["all equal", [0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3]],
    ["a component that collapses onto one value", [0.1, 0.1, 0.1, 0.1, 0.7, 0.8, 0.9, 0.85]],
  ])("says nothing about %s", (_, values) => expect(higherComponent(values)).toBeUndefined());
});
