import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { solvePositive } from "./cholesky.ts";
import { risingRoot } from "./rising-root.ts";
import { logSumExp, softmax } from "./softmax.ts";

const entry = fc.double({ min: -3, max: 3, noNaN: true });

test.prop([fc.integer({ min: 1, max: 6 }), fc.array(entry, { minLength: 42, maxLength: 42 })], { seed: 91 })(
  "Cholesky solves what a matrix times its transpose, plus the identity, made",
  (n, values) => {
    const root = (row: number, column: number) => values[row * n + column]!;
    const a = Float64Array.from({ length: n * n }, (_, at) => {
      const [row, column] = [Math.floor(at / n), at % n];
      let sum = row === column ? 1 : 0;
      for (let k = 0; k < n; k += 1) sum += root(row, k) * root(column, k);
      return sum;
    });
    const x = values.slice(36, 36 + n);
    const b = Float64Array.from({ length: n }, (_, row) =>
      x.reduce((sum, value, k) => sum + a[row * n + k]! * value, 0),
    );
    expect([...solvePositive(a, b)]).toEqual(x.map((value) => expect.closeTo(value, 8)));
  },
);

it("a rising function's root is found to the last digit, or the end of the range", () => {
  expect(risingRoot((x) => x ** 3 - 2, 0, 10)).toBeCloseTo(2 ** (1 / 3), 15);
  expect(risingRoot((x) => x + 1, 0, 10)).toBe(0);
  expect(risingRoot((x) => x - 11, 0, 10)).toBe(10);
});

it("softmax and its normaliser stand large logits", () => {
  expect([...softmax([1000, 1000 + Math.log(3)])]).toEqual([expect.closeTo(0.25, 12), expect.closeTo(0.75, 12)]);
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.log(2), 12);
});
