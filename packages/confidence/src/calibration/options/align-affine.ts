import { type ConvexProblem, minimise } from "../../numerics/newton.ts";
import { logSumExp, softmax } from "../../numerics/softmax.ts";
import type { Agreement } from "./agreement.ts";
import type { OptionMap } from "./option-map.ts";

/**
 * Vector or matrix scaling with the least mean KL(target ‖ softmax(map(g))) + ½ · ridge · |map − identity|². The ridge
 * decides what the data leave open: a shift of all options changes nothing.
 */
export function alignAffine(
  agreements: readonly Agreement[],
  form: "vector" | "matrix",
  ridge: number,
): Extract<OptionMap, { form: "vector" | "matrix" }> {
  const options = agreements[0]!.logits.length;
  const inputs = form === "vector" ? 1 : options;
  // An option's coefficients lie together: its inputs (its own logit, or all), then its shift.
  const width = inputs + 1;
  const identity = new Float64Array(options * width);
  for (let option = 0; option < options; option += 1) identity[option * width + (form === "vector" ? 0 : option)] = 1;
  const at = minimise(problemOf(agreements, { options, inputs, identity, ridge }), identity);
  const rows = Array.from({ length: options }, (_, option) => [...at.subarray(option * width, (option + 1) * width)]);
  const shift = rows.map((row) => row[inputs]!);
  if (form === "vector") return { form, scale: rows.map(([scale]) => scale!), shift };
  return { form, matrix: rows.map((row) => row.slice(0, inputs)), shift };
}

interface Shape {
  readonly options: number;
  readonly inputs: number;
  readonly identity: Float64Array;
  readonly ridge: number;
}

function problemOf(agreements: readonly Agreement[], { options, inputs, identity, ridge }: Shape): ConvexProblem {
  const width = inputs + 1;
  const size = options * width;
  const inputOf = (logits: readonly number[], option: number, input: number) =>
    input === inputs ? 1 : logits[inputs === 1 ? option : input]!;
  const mapped = (at: Float64Array, logits: readonly number[]) =>
    Float64Array.from({ length: options }, (_, option) => {
      let sum = 0;
      for (let input = 0; input < width; input += 1) {
        sum += at[option * width + input]! * inputOf(logits, option, input);
      }
      return sum;
    });
  return {
    value(at) {
      let sum = 0;
      for (const { target, logits } of agreements) {
        const scaled = mapped(at, logits);
        sum += logSumExp(scaled) - target.reduce((dot, p, option) => dot + p * scaled[option]!, 0);
      }
      const distance = at.reduce((squares, value, place) => squares + (value - identity[place]!) ** 2, 0);
      return sum / agreements.length + (ridge * distance) / 2;
    },
    derivatives(at, gradient, hessian) {
      for (const { target, logits } of agreements) {
        const q = softmax(mapped(at, logits));
        for (let a = 0; a < size; a += 1) {
          const row = Math.floor(a / width);
          const here = inputOf(logits, row, a % width) / agreements.length;
          gradient[a]! += (q[row]! - target[row]!) * here;
          for (let b = 0; b <= a; b += 1) {
            const column = Math.floor(b / width);
            const curvature = (row === column ? q[row]! : 0) - q[row]! * q[column]!;
            hessian[a * size + b]! += curvature * here * inputOf(logits, column, b % width);
          }
        }
      }
      for (let a = 0; a < size; a += 1) {
        gradient[a]! += ridge * (at[a]! - identity[a]!);
        hessian[a * size + a]! += ridge;
      }
    },
  };
}
