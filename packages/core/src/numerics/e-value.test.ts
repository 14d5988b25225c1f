import { describe, expect, it } from "vitest";
import { logEValue } from "./e-value.ts";
import { posteriorDensityAtHalf } from "./posterior-density.ts";

/** Votes for, votes against, E, log E and the posterior density at ½: computed with exact fractions apart from this code. */
const published = [
  [0, 0, 1, 0, 1],
  [1, 0, 1.63661977237, 0.492633000407, 1],
  [2, 0, 2.77323954474, 1.02001614759, 0.75],
  [3, 0, 4.83427249868, 1.57573065195, 0.5],
  [4, 0, 8.61913181578, 2.15398436218, 0.3125],
  [5, 0, 15.6417612229, 2.74994433894, 0.1875],
  [6, 0, 28.7826655373, 3.35977331487, 0.109375],
  [7, 0, 53.544467394, 3.98051247492, 0.0625],
  [8, 0, 100.475453835, 4.60991345722, 0.03515625],
  [1, 1, 0.5, -Math.LN2, 1.5],
  [2, 1, 0.712206590789, -0.339387254054, 1.5],
  [6, 1, 4.02086368071, 1.3914967255, 0.4375],
  [9, 1, 18.9221084113, 2.94033099565, 0.107421875],
  [10, 1, 32.7415163262, 3.48864388505, 0.064453125],
  [10, 2, 8.13232743384, 2.09584715982, 0.20947265625],
  [12, 2, 21.7078706723, 3.07767489858, 0.0833129882812],
  [5, 5, 0.24609375, -1.40204271809, 2.70703125],
  [15, 3, 28.958352281, 3.36585866952, 0.0591430664062],
  [20, 10, 1.52672423622, 0.423124418065, 0.867429622449],
  [30, 20, 0.566339115226, -0.568562236684, 2.13481661188],
  [100, 80, 0.337078971143, -1.08743804035, 3.5523798906],
] as const;

describe("logEValue", () => {
  it.each(published)("%i against %i is log %d", (successes, failures, _, logE) => {
    expect(Math.abs(logEValue(successes, failures) - logE)).toBeLessThan(1e-9);
  });

  it("follows the recursion, which needs no special function", () => {
    for (let s = 1, unanimous = 1; s <= 60; s += 1) {
      unanimous = ((2 * s - 1) * unanimous + 2 / Math.PI) / s;
      for (let f = 0, e = unanimous; f <= s; f += 1, e = ((2 * f - 1) * e - 2 / Math.PI) / (s + f)) {
        expect(Math.abs(logEValue(s, f) - Math.log(e))).toBeLessThan(1e-10);
      }
    }
  });

  it.each([
    [0, 0],
    [3, 9],
    [40, 41],
    [700, 2],
    [2000, 0],
    [2, 3000],
    [5000, 4900],
    [4900, 5000],
  ])("is a martingale at one half: %i against %i", (s, f) => {
    const now = logEValue(s, f);
    const next = (Math.exp(logEValue(s + 1, f) - now) + Math.exp(logEValue(s, f + 1) - now)) / 2;
    expect(Math.abs(next - 1)).toBeLessThan(1e-9);
  });

  it("of a tie is C(2s, s)/4^s", () => {
    let expected = 0;
    for (let s = 1; s <= 5000; s += 1) {
      expected += Math.log1p(-0.5 / s);
      if (s % 500 === 0 || s < 5) expect(Math.abs(logEValue(s, s) - expected)).toBeLessThan(1e-9);
    }
  });
});

describe("posteriorDensityAtHalf", () => {
  it.each(published)("%i against %i", (successes, failures, _e, _logE, density) => {
    expect(Math.abs(posteriorDensityAtHalf(successes, failures) / density - 1)).toBeLessThan(1e-9);
    expect(posteriorDensityAtHalf(failures, successes)).toBe(posteriorDensityAtHalf(successes, failures));
  });

  it("is exact where a person might write the very number", () => {
    expect(posteriorDensityAtHalf(7, 0)).toBe(0.0625);
    expect(posteriorDensityAtHalf(8, 0)).toBe(9 / 256);
  });

  it("joins the exact and the other form without a step", () => {
    for (let s = 24; s <= 60; s += 1) {
      const step = posteriorDensityAtHalf(s + 1, 20) / posteriorDensityAtHalf(s, 20);
      expect(Math.abs(step - (s + 22) / (2 * (s + 1)))).toBeLessThan(1e-11);
    }
  });
});
