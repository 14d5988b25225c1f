import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type Pair, pairedDifference } from "./paired-difference.ts";

const side = fc.record({ correct: fc.boolean(), samples: fc.integer({ min: 1, max: 40 }) });

describe("pairedDifference", () => {
  it("counts what only one side got right and takes b minus a", () => {
    const pairs: Pair[] = [
      { a: { correct: true, samples: 8, costUsd: 0.2 }, b: { correct: true, samples: 4, costUsd: 0.1 } },
      { a: { correct: true, samples: 8, costUsd: 0.2 }, b: { correct: false, samples: 4 } },
      { a: { correct: false, samples: 8 }, b: { correct: true, samples: 2 } },
      { a: { correct: false, samples: 8 }, b: { correct: true, samples: 2 } },
      { a: { samples: 8 }, b: { correct: true, samples: 8 } },
    ];
    const result = pairedDifference(pairs, { seed: 1 });
    expect(result).toMatchObject({ questions: 5, discordant: { onlyA: 1, onlyB: 2 } });
    expect(result.accuracy).toMatchObject({ a: 0.5, b: 0.75, difference: 0.25, questions: 4 });
    expect(result.samples).toMatchObject({ a: 8, b: 4, difference: -4, questions: 5 });
    expect(result.costUsd).toMatchObject({ a: 0.2, b: 0.1, difference: -0.1, questions: 1 });
    expect(result.costUsd).not.toHaveProperty("interval");
  });

  it("of nothing has no difference", () => {
    expect(pairedDifference([], { seed: 1 })).toEqual({ questions: 0, discordant: { onlyA: 0, onlyB: 0 } });
  });

  it("claims no certainty where no question differed", () => {
    const pairs = Array.from({ length: 50 }, (_, i) => {
      const same = { correct: i % 2 === 0, samples: 4 };
      return { a: same, b: same };
    });
    // Wilson for 0 of 50: 3.84 / (50 + 3.84).
    expect(pairedDifference(pairs, { seed: 1 }).accuracy?.interval?.high).toBeCloseTo(0.0713, 4);
    expect(pairedDifference(pairs, { seed: 1 }).accuracy?.interval?.low).toBeCloseTo(-0.0713, 4);
  });

  it("agrees with the textbook: paired standard error of a mean difference", () => {
    const pairs = Array.from({ length: 400 }, (_, i) => ({
      a: { samples: 10 + (i % 7) },
      b: { samples: 5 + (i % 5) },
    }));
    const differences = pairs.map(({ a, b }) => b.samples - a.samples);
    const mean = differences.reduce((sum, value) => sum + value, 0) / 400;
    const error = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399 / 400);
    const { interval } = pairedDifference(pairs, { seed: 1, resamples: 20_000 }).samples!;
    expect(interval!.low).toBeCloseTo(mean - 1.96 * error, 1);
    expect(interval!.high).toBeCloseTo(mean + 1.96 * error, 1);
  });

  test.prop([fc.array(fc.record({ a: side, b: side }), { minLength: 2, maxLength: 30 })], { seed: 9, numRuns: 100 })(
    "exchanging the sides changes the sign, and the seed decides the rest",
    (pairs) => {
      const one = pairedDifference(pairs, { seed: 1, resamples: 100 });
      const other = pairedDifference(
        pairs.map(({ a, b }) => ({ a: b, b: a })),
        { seed: 1, resamples: 100 },
      );
      expect(pairedDifference(pairs, { seed: 1, resamples: 100 })).toEqual(one);
      expect(other.samples!.difference).toBeCloseTo(-one.samples!.difference, 12);
      expect(other.samples!.interval!.low).toBeCloseTo(-one.samples!.interval!.high, 9);
      expect(other.discordant).toEqual({ onlyA: one.discordant.onlyB, onlyB: one.discordant.onlyA });
    },
  );
});
