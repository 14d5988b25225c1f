import { logistic } from "@quorate/core";
import { type ConvexProblem, minimise } from "./newton.ts";

export interface LogisticData {
  /** One list a coefficient, all as long as `targets`. An intercept is a list of ones. */
  readonly columns: readonly Float64Array[];
  /** Share of successes, in [0,1]. */
  readonly targets: Float64Array;
  /** How many observations a row stands for. */
  readonly weights: Float64Array;
  /** Ridge: ½ · penalty · coefficient² is added to the summed log-loss. */
  readonly penalties: readonly number[];
}

/** A penalty too small to be seen, for coefficients that data of few distinct values leave undetermined. */
export const tieBreak = 1e-8;

/** Coefficients of a logistic regression with ridge penalties. */
export function fitLogistic({ columns, targets, weights, penalties }: LogisticData): Float64Array {
  const size = columns.length;
  const linear = (at: Float64Array, row: number) => {
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += at[k]! * columns[k]![row]!;
    return sum;
  };
  const problem: ConvexProblem = {
    value(at) {
      let sum = 0;
      for (let row = 0; row < targets.length; row += 1) {
        const logOdds = linear(at, row);
        sum +=
          weights[row]! * (Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))) - targets[row]! * logOdds);
      }
      for (let k = 0; k < size; k += 1) sum += (penalties[k]! * at[k]! ** 2) / 2;
      return sum;
    },
    derivatives(at, gradient, hessian) {
      for (let row = 0; row < targets.length; row += 1) {
        const probability = logistic(linear(at, row));
        const residual = weights[row]! * (probability - targets[row]!);
        const curvature = weights[row]! * probability * (1 - probability);
        for (let k = 0; k < size; k += 1) {
          const value = columns[k]![row]!;
          gradient[k]! += residual * value;
          for (let l = 0; l <= k; l += 1) hessian[k * size + l]! += curvature * value * columns[l]![row]!;
        }
      }
      for (let k = 0; k < size; k += 1) {
        gradient[k]! += penalties[k]! * at[k]!;
        hessian[k * size + k]! += penalties[k]!;
      }
    },
  };
  return minimise(problem, new Float64Array(size));
}
