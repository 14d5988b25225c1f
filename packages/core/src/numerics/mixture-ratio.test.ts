import { describe, expect, it } from "vitest";
import { logMixtureRatio } from "./mixture-ratio.ts";

describe("logMixtureRatio", () => {
  it.each([
    [0, 0, 0],
    [1, 0, 0.492633000407],
    [4, 0, 2.15398436218],
    [8, 0, 4.60991345722],
    [1, 1, -Math.LN2],
    [2, 1, -0.339387254054],
    [9, 1, 2.94033099565],
    [10, 2, 2.09584715982],
    [12, 2, 3.07767489858],
    [5, 5, -1.40204271809],
    [15, 3, 3.36585866952],
    [30, 20, -0.568562236684],
    [100, 80, -1.08743804035],
  ])("with prior ½ is the published log of the e-process: %i against %i", (leader, runnerUp, expected) => {
    expect(Math.abs(logMixtureRatio(leader, runnerUp, 0.5) - expected)).toBeLessThan(1e-9);
  });

  it("with a flat prior and no opposition is (2^(s + 1) − 1)/(s + 1)", () => {
    for (const s of [0, 1, 6, 7, 40]) {
      expect(Math.abs(logMixtureRatio(s, 0, 1) - Math.log((2 ** (s + 1) - 1) / (s + 1)))).toBeLessThan(1e-12);
    }
  });

  it.each([0.01, 0.5, 3, 1e3, 1e6])("is a martingale when both are equally likely: prior %d", (prior) => {
    for (const [leader, runnerUp] of [
      [1, 0],
      [7, 3],
      [40, 39],
      [200, 20],
    ] as const) {
      const now = Math.exp(logMixtureRatio(leader, runnerUp, prior));
      const next =
        (Math.exp(logMixtureRatio(leader + 1, runnerUp, prior)) +
          Math.exp(logMixtureRatio(leader, runnerUp + 1, prior))) /
        2;
      expect(Math.abs(next / now - 1)).toBeLessThan(1e-10);
    }
  });

  it("with a narrow prior keeps the digits that its tiny values have", () => {
    // E (4p(1 − p))^t for Beta(a, a): the product of (a + i)²·4/((2a + 2i)(2a + 2i + 1)), here by its logarithm.
    const a = 1e6;
    for (const t of [1, 126, 127, 1000]) {
      let expected = 0;
      for (let i = 0; i < t; i += 1) expected += Math.log1p(-1 / (2 * a + 2 * i + 1));
      expect(Math.abs(logMixtureRatio(t, t, a) - expected)).toBeLessThan(1e-10);
    }
  });
});
