import { solvePositive } from "./cholesky.ts";

/** A convex function with two derivatives. */
export interface ConvexProblem {
  value(at: Float64Array): number;
  /** Adds the gradient and the Hessian (row by row; the lower half is enough) to what are zeros. */
  derivatives(at: Float64Array, gradient: Float64Array, hessian: Float64Array): void;
}

const iterationsAtMost = 100;
/** A gain below this share of the value cannot be seen in it; the step that promises it is still worth taking. */
const relativeTolerance = 1e-14;

/** Where the function is least: Newton's method, each step halved until it gains. */
export function minimise(problem: ConvexProblem, start: Float64Array): Float64Array {
  let at: Float64Array = start.slice();
  let value = problem.value(at);
  for (let iteration = 0; iteration < iterationsAtMost; iteration += 1) {
    const gradient = new Float64Array(at.length);
    const hessian = new Float64Array(at.length ** 2);
    problem.derivatives(at, gradient, hessian);
    const step = solvePositive(hessian, gradient.slice());
    const decrease = step.reduce((sum, length, place) => sum + length * gradient[place]!, 0);
    if (decrease <= relativeTolerance * Math.abs(value)) return moved(at, step, 1);
    const next = lineSearch(problem, at, step, value, decrease);
    if (next === undefined) break;
    at = next.at;
    value = next.value;
  }
  return at;
}

/** Armijo's rule. Undefined where rounding leaves nothing to gain. */
function lineSearch(problem: ConvexProblem, at: Float64Array, step: Float64Array, value: number, decrease: number) {
  for (let length = 1; length > 1e-10; length /= 2) {
    const there = moved(at, step, length);
    const valueThere = problem.value(there);
    if (valueThere <= value - 1e-4 * length * decrease) return { at: there, value: valueThere };
  }
  return undefined;
}

function moved(at: Float64Array, step: Float64Array, length: number): Float64Array {
  return at.map((here, place) => here - length * step[place]!);
}
