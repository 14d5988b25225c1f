import { describe, expect, it } from "vitest";
import { uniformFrom } from "../__fixtures__/random.ts";
import { coverageCurve } from "./coverage-curve.ts";
import { packScores } from "./graded-scores.ts";
import { metricsOf } from "./metrics-of.ts";
import { reliabilityOf } from "./reliability.ts";

const uniform = uniformFrom(5);
/** With ties: scores of two digits. */
const scores = packScores(
  Array.from({ length: 200 }, () => {
    const score = Math.round(100 * uniform()) / 100;
    return { score, isRight: uniform() < score };
  }),
);

describe("reliability", () => {
  it("has the bins of the calibration error", () => {
    const bins = reliabilityOf(scores)!;
    const gap = bins.reduce((sum, { count, confidence, accuracy }) => sum + count * Math.abs(confidence - accuracy), 0);
    expect(gap / 200).toBeCloseTo(metricsOf(scores, ["ece"]).ece as number, 12);
    for (const { from, to, confidence } of bins) {
      expect(confidence).toBeGreaterThanOrEqual(from);
      expect(confidence).toBeLessThanOrEqual(to);
    }
  });

  it("has no empty bins, none without scores, and is not defined for what is no probability", () => {
    expect(reliabilityOf(packScores([{ score: 0.35, isRight: true }]))).toEqual([
      { from: 0.3, to: 0.4, count: 1, confidence: 0.35, accuracy: 1 },
    ]);
    expect(reliabilityOf(packScores([]))).toEqual([]);
    expect(reliabilityOf(packScores([{ score: 1.5, isRight: true }]))).toBeUndefined();
  });
});

describe("coverage curve", () => {
  it("with a point an answer has the area of auarc, and passes selective accuracy", () => {
    const curve = coverageCurve(scores, 200);
    expect(curve).toHaveLength(200);
    const area = curve.reduce((sum, { accuracy }) => sum + accuracy, 0) / 200;
    expect(area).toBeCloseTo(metricsOf(scores, ["auarc"]).auarc as number, 12);
    const selective = metricsOf(scores, ["selective-accuracy"], { coverage: 0.35 })["selective-accuracy"];
    expect(coverageCurve(scores)[6]).toMatchObject({
      coverage: 0.35,
      accuracy: expect.closeTo(selective as number, 12),
    });
  });

  it("says which scores are kept, and ends with all", () => {
    const four = packScores([0.9, 0.7, 0.7, 0.2].map((score, place) => ({ score, isRight: place !== 1 })));
    expect(coverageCurve(four, 2)).toEqual([
      { coverage: 0.5, accuracy: 0.75, threshold: 0.7 },
      { coverage: 1, accuracy: 0.75, threshold: 0.2 },
    ]);
    expect(coverageCurve(packScores([]))).toEqual([]);
  });
});
