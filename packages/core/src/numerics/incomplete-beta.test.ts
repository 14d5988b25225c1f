import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { betaTail } from "./beta-tail.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import { softBetaTail } from "./soft-beta-tail.ts";

/** The integral itself by Gauss–Legendre panels, after p = sin²φ has taken the singularities of a, b ≥ ½ away. */
function byQuadrature(x: number, a: number, b: number): number {
  const density = (angle: number) => Math.sin(angle) ** (2 * a - 1) * Math.cos(angle) ** (2 * b - 1);
  const nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
  const weights = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];
  const integral = (from: number, to: number): number => {
    const panels = 400;
    const half = (to - from) / (2 * panels);
    let sum = 0;
    for (let panel = 0; panel < panels; panel += 1) {
      const middle = from + (2 * panel + 1) * half;
      nodes.forEach((node, i) => {
        sum += weights[i]! * half * (density(middle - half * node) + density(middle + half * node));
      });
    }
    return sum;
  };
  const at = Math.asin(Math.sqrt(x));
  return integral(0, at) / (integral(0, at) + integral(at, Math.PI / 2));
}

const closeTo = (actual: number, expected: number, tolerance = 1e-9) =>
  expect(Math.abs(actual - expected)).toBeLessThan(tolerance);

describe("incompleteBeta", () => {
  it.each([
    [0.5, 0.5, 0.5, 0.5],
    [0.25, 0.5, 0.5, 1 / 3],
    [0.3, 1, 1, 0.3],
    [0.3, 2.5, 1, 0.3 ** 2.5],
    [0.3, 1, 2.5, 1 - 0.7 ** 2.5],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])("I_%d(%d, %d) = %d in closed form", (x, a, b, expected) => {
    closeTo(incompleteBeta(x, a, b), expected, 1e-14);
  });

  it("agrees with the integral between whole numbers", () => {
    for (const x of [0.02, 0.2, 0.5, 0.77, 0.99])
      for (const a of [0.5, 1.3, 4.9, 17.25, 80.1])
        for (const b of [0.5, 2.2, 9.75, 33.3]) closeTo(incompleteBeta(x, a, b), byQuadrature(x, a, b));
  });
});

describe("softBetaTail", () => {
  it("is the value of ReASC's published example", () => {
    closeTo(softBetaTail(4.43282025606, 1.23367805996), 0.893370540358);
  });

  it("is the integer form for whole counts, to the last bit", () => {
    for (let leader = 0; leader < 40; leader += 1)
      for (let runnerUp = 0; runnerUp <= leader; runnerUp += 1)
        expect(softBetaTail(leader, runnerUp)).toBe(betaTail(leader, runnerUp));
  });

  it("joins the integer form without a step", () => {
    for (let leader = 0; leader < 60; leader += 1)
      for (let runnerUp = 0; runnerUp <= leader; runnerUp += 1)
        closeTo(softBetaTail(leader + 1e-13, runnerUp), betaTail(leader, runnerUp), 1e-11);
  });

  const sum = fc.double({ min: 0, max: 5000, noNaN: true });
  test.prop([sum, sum, fc.double({ min: 0, max: 100, noNaN: true })], { seed: 41 })(
    "rises with the leader, falls with the runner-up",
    (leader, runnerUp, more) => {
      expect(softBetaTail(leader + more, runnerUp)).toBeGreaterThanOrEqual(softBetaTail(leader, runnerUp) - 1e-10);
      expect(softBetaTail(leader, runnerUp + more)).toBeLessThanOrEqual(softBetaTail(leader, runnerUp) + 1e-10);
    },
  );
});
