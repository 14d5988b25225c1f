import { describe, expect, it } from "vitest";
import { type GradedScores, packQuestions, packScores } from "./graded-scores.ts";
import { type Interval, metricIntervals } from "./intervals.ts";
import { metricsOf } from "./metrics-of.ts";
import { metricDefinitions } from "./registry.ts";

/** mulberry32 (Tommy Ettinger, public domain): enough for a test. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomFrom(7);
const questions = Array.from({ length: 12 }, () =>
  Array.from({ length: 5 }, () => {
    const score = Math.ceil(10 * random()) / 10;
    return { score, isRight: random() < score };
  }),
);
const packed = packQuestions(questions);
const all = metricDefinitions.map(({ name }) => name);
const width = (interval: unknown) => (interval as Interval).high - (interval as Interval).low;

describe("metricIntervals", () => {
  it("are the percentiles of the metrics of the resampled questions themselves", () => {
    const resamples = 200;
    const intervals = metricIntervals(packed, all, { random: randomFrom(1), resamples });
    // The same draws, every metric taken anew of the questions put together.
    const again = randomFrom(1);
    const values = Array.from({ length: resamples }, () =>
      metricsOf(packQuestions(questions.map(() => questions[Math.floor(again() * 12)]!)), all),
    );
    for (const name of all) {
      const sorted = values.map((drawn) => drawn[name] as number).sort((a, b) => a - b);
      // Place 199 · 0.025 = 4.975 and 194.025, straight between neighbours.
      const at = (below: number, way: number) => sorted[below]! + way * (sorted[below + 1]! - sorted[below]!);
      expect([name, intervals[name]]).toEqual([
        name,
        { low: expect.closeTo(at(4, 0.975), 9), high: expect.closeTo(at(194, 0.025), 9) },
      ]);
    }
  });

  it("is near the binomial interval for answers that stand alone", () => {
    // A constant confidence of 1: the ECE is the share of wrong ones, Binomial(100, 0.3), quantiles 21 and 39.
    const scores = packScores(Array.from({ length: 100 }, (_, i) => ({ score: 1, isRight: i >= 30 })));
    const { ece } = metricIntervals(scores, ["ece"], { random: randomFrom(3), resamples: 5000 });
    expect((ece as Interval).low).toBeCloseTo(0.21, 1);
    expect((ece as Interval).high).toBeCloseTo(0.39, 1);
  });

  it("widens when questions share a source", () => {
    const scores = packScores(Array.from({ length: 100 }, (_, i) => ({ score: 1, isRight: i % 20 < 10 })));
    const groups = Uint32Array.from({ length: 100 }, (_, i) => Math.floor(i / 10));
    const alone = metricIntervals(scores, ["brier"], { random: randomFrom(4) }).brier;
    const together = metricIntervals(scores, ["brier"], { random: randomFrom(4), groups }).brier;
    expect(width(together)).toBeGreaterThan(2 * width(alone));
  });

  it("is absent with one group, and where resamples often have no value", () => {
    const one: GradedScores = { ...packed, questions: new Uint32Array(packed.scores.length) };
    expect(metricIntervals(one, ["auroc"], { random: randomFrom(5) }).auroc).toBe("too-few-groups");
    const rare = packScores(Array.from({ length: 10 }, (_, i) => ({ score: i / 10, isRight: i > 0 })));
    expect(metricIntervals(rare, ["auroc"], { random: randomFrom(5) }).auroc).toBe("often-absent");
  });

  it("refuses a question in two groups", () => {
    const groups = Uint32Array.from(packed.scores, (_, i) => i % 2);
    expect(() => metricIntervals(packed, ["wqd"], { random: randomFrom(6), groups })).toThrowError(/two groups/);
  });
});
