import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { buildCalibrator, type CalibratorSpec, calibratorSpecSchema } from "./registry.ts";

const clip = 1e-6;
const build = (spec: object) => buildCalibrator(calibratorSpecSchema.parse(spec));

describe("temperature", () => {
  it("divides log-odds", () => {
    const calibrate = build({ form: "temperature", temperature: 2 });
    // Odds of 9 become odds of 3.
    expect(calibrate(0.9)).toBeCloseTo(0.75, 12);
    expect(calibrate(0.5)).toBe(0.5);
    // A stated certainty stands for 1 − 1e-6, odds of 999,999.
    expect(calibrate(1)).toBeCloseTo(1 - 1 / (1 + Math.sqrt(999_999)), 12);
    expect(calibrate(0)).toBeCloseTo(1 / (1 + Math.sqrt(999_999)), 12);
  });
});

describe("platt", () => {
  it("is a line in the score or in its log-odds", () => {
    expect(build({ form: "platt", on: "score", slope: 2, intercept: -1 })(0.5)).toBe(0.5);
    expect(build({ form: "platt", on: "score", slope: 1, intercept: 0 })(Math.log(4))).toBeCloseTo(0.8, 12);
    // Odds of 4, squared, halved: 8.
    expect(build({ form: "platt", slope: 2, intercept: -Math.log(2) })(0.8)).toBeCloseTo(8 / 9, 12);
  });
});

describe("beta", () => {
  it("is the ratio of the paper: 1/(1 + 1/(e^c s^a/(1 − s)^b))", () => {
    const calibrate = build({ form: "beta", a: 0.5, b: 2, intercept: 0.3 });
    for (const score of [0.1, 0.5, 0.93]) {
      const odds = (Math.exp(0.3) * score ** 0.5) / (1 - score) ** 2;
      expect(calibrate(score)).toBeCloseTo(1 / (1 + 1 / odds), 12);
    }
  });

  it("with a = b = 1 changes nothing", () => {
    expect(build({ form: "beta", a: 1, b: 1, intercept: 0 })(0.37)).toBeCloseTo(0.37, 12);
  });
});

describe("steps", () => {
  it("has steps (from, to], the last one without end", () => {
    const calibrate = build({
      form: "steps",
      steps: [
        [0.2, 0.1],
        [0.6, 0.7],
      ],
    });
    expect([-1, 0, 0.2, 0.2000001, 0.6, 0.9].map(calibrate)).toEqual([0.1, 0.1, 0.1, 0.7, 0.7, 0.7]);
  });
});

const positive = fc.double({ min: 0.1, max: 8, noNaN: true });
const rising: fc.Arbitrary<CalibratorSpec> = fc.oneof(
  positive.map((temperature) => ({ form: "temperature" as const, temperature, clip })),
  fc
    .tuple(fc.constantFrom("score" as const, "logit" as const), positive)
    .map(([on, slope]) => ({ form: "platt" as const, on, slope, intercept: -slope / 2, clip })),
  fc.tuple(positive, positive).map(([a, b]) => ({ form: "beta" as const, a, b, intercept: 0.2, clip })),
);

test.prop([rising, fc.integer({ min: 0, max: 99 })], { seed: 31 })("never fall, and stay in [0,1]", (spec, percent) => {
  const calibrate = buildCalibrator(spec);
  const [low, high] = [calibrate(percent / 100), calibrate((percent + 1) / 100)];
  expect(low).toBeGreaterThanOrEqual(0);
  expect(high).toBeLessThanOrEqual(1);
  expect(high).toBeGreaterThanOrEqual(low);
});
