import { describe, expect, it } from "vitest";
import type { FeatureRow } from "../numerics/ridge-model.ts";
import { combineSignals, fitSignalCombination, parseSignalCombination } from "./signal-combination.ts";

const source = { file: "traces.jsonl", digest: "ab12", date: "2025-01-31" };
const truth = (a: number, b: number) => 1 / (1 + Math.exp(-(0.5 + 1.5 * a - 0.7 * b)));

/** A grid of two features; of each cell's thousand answers as many are right as the truth says. */
const cells = [-2, -1, 0, 1, 2].flatMap((a) => [-1, 0, 1].map((b) => [a, b] as const));
const rows = cells.flatMap(([a, b]) =>
  Array.from({ length: 1000 }, (_, i): FeatureRow => ({ features: { a, b }, isRight: i < 1000 * truth(a, b) })),
);

describe("signal combination", () => {
  const fitted = fitSignalCombination(rows, { features: ["a", "b"], ...source });

  it("finds the log-odds that made the data", () => {
    for (const [a, b] of cells) expect(combineSignals(fitted, { a, b })).toBeCloseTo(truth(a, b), 2);
    expect(fitted.fittedOn).toMatchObject({ count: 15_000, date: "2025-01-31" });
    expect(parseSignalCombination(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted);
  });

  it("has no value without a feature that was always there", () =>
    expect(combineSignals(fitted, { a: 1 })).toBeUndefined());

  it("learns what a missing feature means", () => {
    // Where b is missing, one in ten is right, whatever a says.
    const gaps = cells.flatMap(([a]) =>
      Array.from({ length: 300 }, (_, i): FeatureRow => ({ features: { a: 0 * a }, isRight: i < 30 })),
    );
    const combination = fitSignalCombination([...rows, ...gaps], { features: ["a", "b"], ridge: 0.01, ...source });
    expect(combineSignals(combination, { a: 0 })).toBeCloseTo(0.1, 2);
    expect(combineSignals(combination, { a: 1, b: 0 })).toBeCloseTo(truth(1, 0), 2);
  });

  it("shrinks weights to nothing under a heavy ridge, and keeps the accuracy", () => {
    const flat = fitSignalCombination(rows, { features: ["a", "b"], ridge: 1e9, ...source });
    const accuracy = rows.filter(({ isRight }) => isRight).length / rows.length;
    expect(combineSignals(flat, { a: 2, b: -1 })).toBeCloseTo(accuracy, 4);
  });

  it("has the gradient of a ridge of 0 at its end: weight · ridge = the residuals' sum", () => {
    const few = rows.filter((_, i) => i % 97 === 0);
    const ridge = 3;
    const { model } = fitSignalCombination(few, { features: ["a", "b"], ridge, ...source });
    for (const { name, mean, deviation, weight } of model.features) {
      const pull = few.reduce((sum, { features, isRight }) => {
        const p = combineSignals({ ...fitted, model }, features)!;
        return sum + ((isRight ? 1 : 0) - p) * ((features[name]! - mean) / deviation);
      }, 0);
      expect(pull).toBeCloseTo(ridge * weight, 9);
    }
  });

  it("refuses too little data and a feature that nobody has", () => {
    expect(() => fitSignalCombination(rows.slice(0, 40), { features: ["a", "b"], ...source })).toThrowError(
      /at least 60, with 30 right/,
    );
    expect(() => fitSignalCombination(rows, { features: ["a", "c"], ...source })).toThrowError(/"c"/);
  });
});
