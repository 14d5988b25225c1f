import { type Features, QuorateError, type RidgeModel } from "@quorate/core";
import { fitLogistic } from "./logistic-regression.ts";

export interface FeatureRow {
  readonly features: Features;
  readonly isRight: boolean;
}

/** Numbers that a fit has to find, for data in which these features are sometimes missing. */
export function parameterCount(rows: readonly FeatureRow[], names: readonly string[]): number {
  return 1 + names.length + names.filter((name) => isEverMissing(rows, name)).length;
}

/**
 * Features are centred and scaled, so that one ridge fits all; a missing value is the mean, with a weight for being
 * missing where that happens. The ridge is ½ · ridge · weight² beside the summed log-loss; the intercept is free.
 *
 * @throws QuorateError `bad-input` for a feature that no row has
 */
export function fitRidgeModel(rows: readonly FeatureRow[], names: readonly string[], ridge: number): RidgeModel {
  const scales = names.map((name) => scaleOf(rows, name));
  const gaps = names.map((name) => isEverMissing(rows, name));
  const columnOf = (value: (row: FeatureRow) => number) => Float64Array.from(rows, value);
  const columns = [
    columnOf(() => 1),
    ...names.map((name, i) => columnOf(({ features }) => scaled(features[name] ?? scales[i]!.mean, scales[i]!))),
    ...names
      .filter((_, i) => gaps[i])
      .map((name) => columnOf(({ features }) => (features[name] === undefined ? 1 : 0))),
  ];
  const found = fitLogistic({
    columns,
    targets: columnOf(({ isRight }) => (isRight ? 1 : 0)),
    weights: columnOf(() => 1),
    penalties: columns.map((_, k) => (k === 0 ? 0 : ridge)),
  });
  let atMissing = 1 + names.length;
  const features = names.map((name, i) => ({
    name,
    ...scales[i]!,
    weight: found[1 + i]!,
    ...(gaps[i] && { missing: found[atMissing++]! }),
  }));
  return { ridge, intercept: found[0]!, features };
}

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

function scaled(value: number, { mean, deviation }: Scale): number {
  return (value - mean) / deviation;
}

function isEverMissing(rows: readonly FeatureRow[], name: string): boolean {
  return rows.some(({ features }) => features[name] === undefined);
}

function scaleOf(rows: readonly FeatureRow[], name: string): Scale {
  const values = rows.flatMap(({ features }) => (features[name] === undefined ? [] : [features[name]]));
  if (values.length === 0) {
    throw new QuorateError({
      code: "bad-input",
      what: `No row has the feature "${name}".`,
      hint: "Leave it out, or record it.",
    });
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  // A feature that never varies gets no weight from a ridge: its column is 0.
  return { mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
}
