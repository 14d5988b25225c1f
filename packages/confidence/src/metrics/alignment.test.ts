import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { plainMidRanks } from "../__fixtures__/plain-metrics.ts";
import { alignmentOf } from "./alignment.ts";
import { midRanks, spearman } from "./spearman.ts";

const of = (...values: number[]) => Float64Array.from(values);
const few = fc.integer({ min: 0, max: 5 }).map((n) => n / 5);

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const together = mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
  return together / Math.sqrt(mean(a.map((v) => (v - meanA) ** 2)) * mean(b.map((v) => (v - meanB) ** 2)));
}

describe("Spearman's ρ", () => {
  it("without ties is the shortcut of the paper", () => {
    // Ranks 1 2 3 4 5 against 2 1 4 3 5: Σd² = 4, 1 − 24/120.
    expect(spearman(of(0.1, 0.2, 0.3, 0.4, 0.5), of(20, 10, 40, 30, 50))).toBeCloseTo(0.8, 12);
  });

  it("with ties is scipy's value, which the shortcut is not", () => {
    // scipy.stats.spearmanr([1, 2, 2, 3, 5], [1, 1, 1, 0, 4]): mid-ranks 1 2.5 2.5 4 5 and 3 3 3 1 5, 2/√(9.5 · 8).
    expect(spearman(of(1, 2, 2, 3, 5), of(1, 1, 1, 0, 4))).toBeCloseTo(0.22941573387056174, 12);
  });

  it("is absent where one side does not vary, or there is nothing", () => {
    expect(spearman(of(1, 1, 1), of(1, 2, 3))).toBe("constant");
    expect(spearman(of(1), of(2))).toBe("constant");
    expect(spearman(of(), of())).toBe("no-scores");
  });

  test.prop([fc.array(fc.tuple(few, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 2, maxLength: 40 })], {
    seed: 51,
  })("is Pearson's correlation of mid-ranks", (rows) => {
    const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)];
    const [ranksA, ranksB] = [plainMidRanks(a), plainMidRanks(b)];
    expect([...midRanks(Float64Array.from(a))]).toEqual(ranksA);
    const rho = spearman(Float64Array.from(a), Float64Array.from(b));
    if (typeof rho === "number") expect(rho).toBeCloseTo(pearson(ranksA, ranksB), 9);
    else expect(Math.min(new Set(a).size, new Set(b).size)).toBe(1);
  });
});

describe("alignment", () => {
  const rows = [
    { internal: 0.99, verbalised: 1 },
    { internal: 0.98, verbalised: 0.4 },
    { internal: 0.6, verbalised: 0.8 },
    { internal: 0.65, verbalised: 0.2 },
    { internal: 0.7 },
    { verbalised: 1 },
    {},
  ];

  it("puts each answer into one of four classes, and counts replies without a label", () => {
    // The median of .6 .65 .98 .99 lies between the two pairs.
    expect(alignmentOf(rows)).toEqual({
      count: 4,
      withoutInternal: 2,
      withoutVerbalised: 2,
      spearman: expect.closeTo(0.4, 12),
      table: {
        consistentAlignment: 1,
        internalOverconfidence: 1,
        externalOverconfidence: 1,
        consistentDiscordance: 1,
      },
      internalHigh: expect.closeTo(0.815, 12),
      verbalisedHigh: 0.8,
    });
  });

  it("takes other thresholds", () =>
    expect(alignmentOf(rows, { internalHigh: 0.99, verbalisedHigh: 1 }).table).toEqual({
      consistentAlignment: 1,
      internalOverconfidence: 0,
      externalOverconfidence: 0,
      consistentDiscordance: 3,
    }));

  it("of nothing has no threshold", () => {
    const none = alignmentOf([{}]);
    expect(none).toMatchObject({ count: 0, spearman: "no-scores" });
    expect(none).not.toHaveProperty("internalHigh");
  });
});
