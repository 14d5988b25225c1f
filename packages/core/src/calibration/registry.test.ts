import { describe, expect, it } from "vitest";
import { buildCalibrator, calibratorSpecSchema } from "./registry.ts";

describe("calibrator", () => {
  it("identity keeps scores and clamps what is no probability", () => {
    const calibrate = buildCalibrator({ form: "identity" });
    expect([0, 0.3, 1, 1.2, -0.1].map(calibrate)).toEqual([0, 0.3, 1, 1, 0]);
  });

  it("table goes straight between its points and flat outside", () => {
    const calibrate = buildCalibrator({
      form: "table",
      points: [
        [0.2, 0.1],
        [0.6, 0.5],
        [0.8, 0.9],
      ],
    });
    expect(calibrate(0)).toBe(0.1);
    expect(calibrate(0.2)).toBe(0.1);
    expect(calibrate(0.4)).toBeCloseTo(0.3, 12);
    expect(calibrate(0.6)).toBe(0.5);
    expect(calibrate(0.7)).toBeCloseTo(0.7, 12);
    expect(calibrate(0.8)).toBe(0.9);
    expect(calibrate(5)).toBe(0.9);
  });

  it("a table of one point is a constant", () => {
    const calibrate = buildCalibrator({ form: "table", points: [[0.5, 0.7]] });
    expect([0, 0.5, 1].map(calibrate)).toEqual([0.7, 0.7, 0.7]);
  });

  it.each([
    { form: "table", points: [] },
    { form: "table", points: [[0.5, 1.1]] },
    {
      form: "table",
      points: [
        [0.5, 0.1],
        [0.5, 0.2],
      ],
    },
    { form: "platt" },
    { form: "platt", slope: -1, intercept: 0 },
    { form: "temperature", temperature: 0 },
    { form: "steps", steps: [] },
    { form: "wishes" },
  ])("refuses %j", (spec) => {
    expect(calibratorSpecSchema.safeParse(spec).success).toBe(false);
  });
});
