import { describe, expect, it } from "vitest";
import { quadrature } from "./gauss-legendre.ts";

const integrate = (from: number, to: number, f: (x: number) => number): number =>
  quadrature(from, to).reduce((sum, { x, weight }) => sum + weight * f(x), 0);

describe("quadrature", () => {
  it.each([0, 1, 2, 17, 40, 79])("is exact for x^%i", (degree) => {
    const expected = (3 ** (degree + 1) - (-1) ** (degree + 1)) / (degree + 1);
    expect(Math.abs(integrate(-1, 3, (x) => x ** degree) / expected - 1)).toBeLessThan(1e-12);
  });

  it("does not shrink a bell far narrower than the range", () => {
    const bell = (x: number) => Math.exp(-((x - 3) ** 2) / 2) / Math.sqrt(2 * Math.PI);
    expect(Math.abs(integrate(-9, 15, bell) - 1)).toBeLessThan(1e-12);
  });
});
