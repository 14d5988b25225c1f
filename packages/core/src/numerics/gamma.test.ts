import { describe, expect, it } from "vitest";
import { gammaCdf, gammaQuadrature } from "./gamma.ts";

describe("gammaCdf", () => {
  it.each([
    [0, 0.5, 1 - Math.exp(-0.5)],
    [0, 30, 1 - Math.exp(-30)],
    [1, 2, 1 - 3 * Math.exp(-2)],
    [3, 0.5, 1 - Math.exp(-0.5) * (1 + 0.5 + 0.125 + 0.125 / 6)],
    [3, 6, 1 - Math.exp(-6) * (1 + 6 + 18 + 36)],
  ])("with %i votes at %d is the Poisson sum", (votes, x, expected) => {
    expect(Math.abs(gammaCdf(votes, x) - expected)).toBeLessThan(1e-14);
  });

  it("is 0 and 1 far out, where its terms underflow", () => {
    expect(gammaCdf(5000, 100)).toBe(0);
    expect(gammaCdf(5, 5000)).toBe(1);
  });
});

describe("gammaQuadrature", () => {
  it.each([1, 2, 7, 60, 5000])("of shape %i has the mass, mean and variance of the distribution", (shape) => {
    const expectation = (f: (x: number) => number) =>
      gammaQuadrature(shape).reduce((sum, { x, weight }) => sum + weight * f(x), 0);
    expect(Math.abs(expectation(() => 1) - 1)).toBeLessThan(1e-12);
    expect(Math.abs(expectation((x) => x) / shape - 1)).toBeLessThan(1e-11);
    expect(Math.abs(expectation((x) => (x - shape) ** 2) / shape - 1)).toBeLessThan(1e-9);
  });
});
