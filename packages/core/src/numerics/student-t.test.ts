import { describe, expect, it } from "vitest";
import { studentDensity, studentTail } from "./student-t.ts";

const closeTo = (actual: number, expected: number, tolerance = 1e-12) =>
  expect(Math.abs(actual - expected)).toBeLessThan(tolerance);

/** Closed forms of P(T ≤ z). */
const closed: Record<number, (z: number) => number> = {
  1: (z) => 0.5 + Math.atan(z) / Math.PI,
  2: (z) => 0.5 + z / (2 * Math.sqrt(2 + z * z)),
  3(z) {
    const a = z / Math.sqrt(3);
    return 0.5 + (a / (1 + a * a) + Math.atan(a)) / Math.PI;
  },
  4(z) {
    const t = z / Math.sqrt(4 + z * z);
    return 0.5 + 0.75 * (t - t ** 3 / 3);
  },
};

describe("Student's t", () => {
  it.each([1, 2, 3, 4])("has its closed form with %i degrees of freedom", (freedom) => {
    for (const z of [-6, -1.3, -0.1, 0, 0.2, 0.9, 2.5, 40]) closeTo(studentTail(z, freedom), 1 - closed[freedom]!(z));
  });

  it.each([
    [1.23447689717, 3, 0.161632852004, 0.847547387589],
    [0.866025403784, 2, 0.219280977875, 0.761116483934],
    [1.28102523044, 4, 0.158776440497, 0.865293743662],
  ])("at %d with %i degrees: density %d, distribution %d", (z, freedom, density, below) => {
    closeTo(studentDensity(z, freedom), density, 1e-9);
    closeTo(1 - studentTail(z, freedom), below, 1e-9);
  });

  it("is what its density adds up to, for the degrees that long votes bring", () => {
    for (const freedom of [1, 2, 5, 9, 15, 31.5, 200]) {
      const step = 1e-3;
      let area = 0;
      for (let z = step / 2; z < 2; z += step) area += studentDensity(z, freedom) * step;
      closeTo(studentTail(0, freedom) - studentTail(2, freedom), area, 1e-6);
    }
  });

  it("comes to the normal distribution", () => {
    closeTo(studentDensity(0.7, 1e7), Math.exp(-0.245) / Math.sqrt(2 * Math.PI), 1e-7);
    closeTo(studentTail(1.959963984540054, 1e7), 0.025, 1e-7);
  });
});
