import { describe, expect, it } from "vitest";
import { clippedLogit, logistic } from "./logistic.ts";

describe("logistic", () => {
  it("has the closed values, and no overflow", () => {
    expect(logistic(0)).toBe(0.5);
    expect(logistic(Math.log(3))).toBeCloseTo(0.75, 15);
    expect(logistic(-Math.log(3))).toBeCloseTo(0.25, 15);
    expect(logistic(-800)).toBe(0);
    expect(logistic(800)).toBe(1);
  });

  it("undoes the logit, also next to 0", () => {
    for (const p of [1e-300, 1e-9, 0.2, 0.5, 0.999]) expect(logistic(clippedLogit(p, 1e-305)) / p).toBeCloseTo(1, 12);
  });
});

describe("clippedLogit", () => {
  it("is finite everywhere and the plain one inside", () => {
    const limit = Math.log(99);
    expect(clippedLogit(0, 0.01)).toBeCloseTo(-limit, 12);
    expect(clippedLogit(1, 0.01)).toBeCloseTo(limit, 12);
    expect(clippedLogit(1.5, 0.01)).toBeCloseTo(limit, 12);
    expect(clippedLogit(-1, 0.01)).toBeCloseTo(-limit, 12);
    expect(clippedLogit(0.8, 0.01)).toBeCloseTo(Math.log(4), 12);
  });
});
