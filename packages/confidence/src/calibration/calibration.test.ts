import { fc, test } from "@fast-check/vitest";
import { buildCalibrator, type CalibratorSpec, calibratorSpecSchema, parsePolicy } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { plain } from "../__fixtures__/plain-metrics.ts";
import { type GradedScore, packScores } from "../metrics/graded-scores.ts";
import { metricsOf } from "../metrics/metrics-of.ts";
import { fitCalibrator, fitCalibratorSpec } from "./fit-calibrator.ts";
import { parseFittedCalibrator } from "./fitted-calibrator.ts";
import { type CalibrationMethodName, calibrationMethods } from "./registry.ts";

const source = { file: "traces.jsonl", digest: "ab12", date: "2025-01-31" };
const group = (score: number, right: number, count: number): GradedScore[] =>
  Array.from({ length: count }, (_, i) => ({ score, isRight: i < right }));
const fit = (name: CalibrationMethodName, scores: readonly GradedScore[], parameters = {}) =>
  fitCalibratorSpec(name, packScores(scores), parameters);
const methods = calibrationMethods.map(({ name }) => name);

const expectEnd = ([end]: number[]) => [end, expect.any(Number)];

/** Percents, each right about as often as a steep curve through ½ says: enough of each class for every method. */
const graded = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 99 })), { minLength: 30, maxLength: 80 })
  .map((rows) => [
    ...rows.map(([percent, luck]) => ({ score: percent / 100, isRight: luck < percent })),
    ...group(0.35, 10, 40),
    ...group(0.75, 30, 40),
  ]);

/** A fit is where no small change of a number gains: the loss is written out here, answer by answer. */
function lossOf(spec: CalibratorSpec, scores: readonly GradedScore[], smoothed: boolean): number {
  const calibrate = buildCalibrator(spec);
  const right = scores.filter(({ isRight }) => isRight).length;
  const targets = smoothed ? [(right + 1) / (right + 2), 1 / (scores.length - right + 2)] : [1, 0];
  return scores.reduce((sum, { score, isRight }) => {
    const probability = calibrate(score);
    const target = targets[isRight ? 0 : 1]!;
    return sum - target * Math.log(probability) - (1 - target) * Math.log(1 - probability);
  }, 0);
}

describe("every method", () => {
  test.prop([fc.constantFrom(...methods), graded], { seed: 61 })(
    "gives a valid calibrator that a policy takes",
    (name, scores) => {
      const { calibrator } = fitCalibrator(name, packScores(scores), source);
      expect(calibratorSpecSchema.parse(calibrator)).toEqual(calibrator);
      const confidence = { elicitor: "recorded", calibrator };
      expect(parsePolicy({ name: "mine", confidence, stop: { rule: "beta", level: 0.95 } }).confidence).toEqual(
        confidence,
      );
    },
  );

  it.each(methods)("%s is kept with what it was fitted on, and read again", (name) => {
    const scores = [...group(0.3, 30, 100), ...group(0.6, 50, 100), ...group(0.9, 80, 100)];
    const fitted = fitCalibrator(name, packScores(scores), source);
    expect(fitted).toMatchObject({ version: 1, method: name, fittedOn: { ...source, count: 300, right: 160 } });
    expect(parseFittedCalibrator(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted);
    expect(() => parseFittedCalibrator({ ...fitted, version: 2 })).toThrowError(/calibrator is not valid. version/);
    const undated = { ...fitted, fittedOn: { ...fitted.fittedOn, date: "yesterday" } };
    expect(() => parseFittedCalibrator(undated)).toThrowError(/fittedOn.date/);
  });

  it.each([
    ["temperature", 10, 10],
    ["platt", 20, 20],
    ["beta", 30, 30],
    ["isotonic", 100, 1],
    ["histogram", 100, 1],
  ] as const)("%s refuses too little data, and says how much it needs", (name, scores, ofEachClass) => {
    const few = group(0.5, ofEachClass - 1, Math.max(scores, 3 * ofEachClass));
    const message = new RegExp(`at least ${scores}, with ${ofEachClass} right and ${ofEachClass} wrong`);
    expect(() => fit(name, few)).toThrowError(message);
    expect(() => fit(name, group(0.5, ofEachClass, scores - 1))).toThrowError(message);
  });

  it("refuses scores and parameters that it cannot read", () => {
    const scores = [...group(-3, 30, 100), ...group(2, 70, 100)];
    for (const name of ["beta", "platt", "temperature"] as const) {
      expect(() => fit(name, scores)).toThrowError(/scores in \[0,1\], got -3/);
    }
    expect(() => fit("histogram", scores, { by: "width" })).toThrowError(/scores in \[0,1\]/);
    expect(fit("histogram", scores).form).toBe("steps");
    expect(fit("platt", scores, { on: "score" }).form).toBe("platt");
    expect(fit("isotonic", scores).form).toBe("table");
    expect(() => fit("isotonic", scores, { bins: 0 })).toThrowError(/isotonic: bins/);
    expect(() => fit("platt", scores, { of: "score" })).toThrowError(/of/);
  });

  test.prop([graded, fc.constantFrom("temperature" as const, "platt" as const)], { seed: 62 })(
    "by temperature or Platt leaves AUROC as it was",
    (scores, name) => {
      const spec = fit(name, scores);
      fc.pre(spec.form !== "platt" || spec.slope > 0);
      const calibrate = buildCalibrator(spec);
      const calibrated = scores.map(({ score, isRight }) => ({ score: calibrate(score), isRight }));
      expect(metricsOf(packScores(calibrated), ["auroc"])).toEqual(metricsOf(packScores(scores), ["auroc"]));
    },
  );
});

describe("temperature", () => {
  it("has a closed form for one score", () => {
    // Odds of 9 that are right 3 times in 4: ln 9/T = ln 3.
    const spec = fit("temperature", group(0.9, 75, 100));
    expect(spec).toEqual({ form: "temperature", temperature: expect.closeTo(2, 9), clip: 1e-6 });
  });

  it("ends at its limit where high scores are the wrong ones", () => {
    const spec = fit("temperature", [...group(0.9, 10, 50), ...group(0.1, 40, 50)]);
    expect(spec).toMatchObject({ temperature: expect.closeTo(100, 9) });
  });

  test.prop([graded], { seed: 63, numRuns: 40 })("is where the log-loss is least", (scores) => {
    const spec = fit("temperature", scores) as Extract<CalibratorSpec, { form: "temperature" }>;
    for (const factor of [0.99, 1.01]) {
      const other = { ...spec, temperature: spec.temperature * factor };
      expect(lossOf(other, scores, false)).toBeGreaterThan(lossOf(spec, scores, false));
    }
  });
});

describe("platt", () => {
  it("goes through two scores exactly, with smoothed targets", () => {
    const scores = [...group(0.2, 30, 100), ...group(0.8, 70, 100)];
    // 100 right and 100 wrong in all: targets 101/102 and 1/102.
    const target = (right: number) => (right * 101 + (100 - right)) / (100 * 102);
    for (const on of ["score", "logit"]) {
      const calibrate = buildCalibrator(fit("platt", scores, { on }));
      expect(calibrate(0.2)).toBeCloseTo(target(30), 7);
      expect(calibrate(0.8)).toBeCloseTo(target(70), 7);
    }
  });

  it("says the accuracy where the score tells nothing, or the opposite", () => {
    for (const scores of [group(0.7, 60, 100), [...group(0.2, 40, 50), ...group(0.9, 20, 50)]]) {
      const calibrate = buildCalibrator(fit("platt", scores));
      const smoothed = (60 * (61 / 62) + 40 * (1 / 42)) / 100;
      expect(calibrate(0.05)).toBeCloseTo(smoothed, 7);
      expect(calibrate(0.95)).toBeCloseTo(smoothed, 7);
    }
  });

  it("is finite for scores that a threshold separates", () => {
    const calibrate = buildCalibrator(fit("platt", [...group(0.2, 0, 50), ...group(0.8, 50, 50)]));
    expect(calibrate(0.2)).toBeCloseTo(1 / 52, 6);
    expect(calibrate(0.8)).toBeCloseTo(51 / 52, 6);
  });

  test.prop([graded], { seed: 64, numRuns: 40 })("is where the smoothed log-loss is least", (scores) => {
    const spec = fit("platt", scores) as Extract<CalibratorSpec, { form: "platt" }>;
    const least = lossOf(spec, scores, true);
    for (const change of [{ slope: spec.slope * 1.01 + 1e-4 }, { intercept: spec.intercept + 0.01 }]) {
      expect(lossOf({ ...spec, ...change }, scores, true)).toBeGreaterThan(least);
    }
  });
});

describe("beta", () => {
  it("goes through three scores that a beta curve fits", () => {
    const truth = buildCalibrator({ form: "beta", a: 0.6, b: 1.7, intercept: 0.4, clip: 1e-6 });
    const scores = [0.15, 0.4, 0.75].flatMap((score) => group(score, Math.round(1e4 * truth(score)), 1e4));
    const spec = fit("beta", scores);
    expect(spec).toMatchObject({
      a: expect.closeTo(0.6, 2),
      b: expect.closeTo(1.7, 2),
      intercept: expect.closeTo(0.4, 2),
    });
  });

  test.prop([graded], { seed: 65, numRuns: 40 })("never falls, and no step inside its limits gains", (scores) => {
    const spec = fit("beta", scores) as Extract<CalibratorSpec, { form: "beta" }>;
    expect(Math.min(spec.a, spec.b)).toBeGreaterThanOrEqual(0);
    const least = lossOf(spec, scores, true);
    const changes: Partial<typeof spec>[] = [
      { intercept: spec.intercept + 0.01 },
      { intercept: spec.intercept - 0.01 },
    ];
    if (spec.a > 0) changes.push({ a: spec.a * 1.01 });
    if (spec.b > 0) changes.push({ b: spec.b * 0.99 });
    for (const change of changes) expect(lossOf({ ...spec, ...change }, scores, true)).toBeGreaterThan(least);
  });

  it("is a constant where the score tells the opposite", () => {
    const spec = fit("beta", [...group(0.1, 80, 100), ...group(0.5, 50, 100), ...group(0.9, 20, 100)]);
    expect(spec).toMatchObject({ a: 0, b: 0, intercept: expect.closeTo(0, 9) });
  });
});

describe("isotonic", () => {
  it("pools what falls, and leaves what rises", () => {
    // Shares 25/225, 175/225, 125/225, 200/225; the middle two are pooled.
    const scores = [...group(0.1, 25, 225), ...group(0.4, 175, 225), ...group(0.6, 125, 225), ...group(0.9, 200, 225)];
    expect(fit("isotonic", scores, { bins: 4 })).toEqual({
      form: "table",
      points: [
        [expect.closeTo(0.1, 12), 25.5 / 226],
        [expect.closeTo(0.5, 12), 300.5 / 451],
        [expect.closeTo(0.9, 12), 200.5 / 226],
      ],
    });
  });

  it("keeps equal scores together, in whatever order they come", () => {
    // Wrong ones first: a bin that split the tie would find only those.
    const scores = [...group(0.5, 0, 50), ...group(0.5, 50, 50)];
    expect(fit("isotonic", scores)).toEqual({ form: "table", points: [[0.5, 0.5]] });
  });

  test.prop([graded, fc.integer({ min: 1, max: 12 })], { seed: 66 })(
    "is a short table that never falls and never claims certainty",
    (scores, bins) => {
      const spec = fit("isotonic", scores, { bins }) as Extract<CalibratorSpec, { form: "table" }>;
      const calibrate = buildCalibrator(spec);
      expect(calibrate(0)).toBeGreaterThan(0);
      expect(calibrate(1)).toBeLessThan(1);
      const shares = spec.points.map(([, share]) => share);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.length).toBeLessThanOrEqual(bins);
    },
  );

  test.prop([graded], { seed: 67 })("creates no inversion", (scores) => {
    const calibrate = buildCalibrator(fit("isotonic", scores));
    const ascending = scores.map(({ score }) => score).sort((a, b) => a - b);
    // Straight lines between rising points round in the last place.
    const falls = ascending.filter((score, at) => at > 0 && calibrate(ascending[at - 1]!) > calibrate(score) + 1e-12);
    expect(falls).toEqual([]);
  });
});

describe("histogram", () => {
  it("gives each bin its accuracy, and an empty one that of the next above", () => {
    const scores = [...group(0.05, 1, 9), ...group(0.3, 30, 59), ...group(0.35, 50, 99)];
    expect(fit("histogram", scores, { by: "width" })).toEqual({
      form: "steps",
      steps: [
        [0.1, 1.5 / 10],
        [0.3, 30.5 / 60],
        [0.4, 50.5 / 100],
      ],
    });
    const calibrate = buildCalibrator(fit("histogram", scores, { by: "width" }));
    expect([0, 0.15, 0.3, 0.31, 0.9].map(calibrate)).toEqual([0.15, 30.5 / 60, 30.5 / 60, 0.505, 0.505]);
  });

  it("by count keeps ties together", () => {
    const scores = [...group(0.2, 10, 49), ...group(0.5, 20, 49), ...group(0.7, 1, 2), ...group(0.9, 40, 49)];
    expect(fit("histogram", scores, { bins: 3 })).toEqual({
      form: "steps",
      steps: [
        [0.5, 30.5 / 99],
        [0.9, 41.5 / 52],
      ],
    });
  });

  it("keeps a last bin of half its share, and joins a smaller one to the bin below", () => {
    const scoresOf = (last: number) => [...group(0.1, 9, 60), ...group(0.2, 20, 60), ...group(0.3, 5, last)];
    // Shares of a third: 53.3 and 46.7.
    expect(fit("histogram", scoresOf(40), { bins: 3 })).toMatchObject({ steps: [[0.1], [0.2], [0.3]].map(expectEnd) });
    expect(fit("histogram", scoresOf(20), { bins: 3 })).toMatchObject({ steps: [[0.1], [0.3]].map(expectEnd) });
  });

  test.prop([graded], { seed: 68 })("has next to no calibration error on its own data", (scores) => {
    const calibrate = buildCalibrator(fit("histogram", scores, { bins: 5, by: "width" }));
    const calibrated = scores.map(({ score, isRight }) => ({ score: calibrate(score), isRight }));
    // Half a success in each of five bins.
    expect(plain.ece(calibrated)).toBeLessThanOrEqual(2.5 / scores.length + 1e-9);
  });
});
