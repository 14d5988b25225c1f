/**
 * Solves A x = b for a symmetric positive definite A (row by row, size n²), by Cholesky's decomposition. What rounding has
 * left not quite positive is taken as a little above 0. A and b are overwritten; b becomes x.
 */
export function solvePositive(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  for (let column = 0; column < n; column += 1) {
    const least = 1e-14 * Math.max(a[column * n + column]!, Number.MIN_VALUE);
    for (let row = column; row < n; row += 1) {
      let sum = a[row * n + column]!;
      for (let k = 0; k < column; k += 1) sum -= a[row * n + k]! * a[column * n + k]!;
      a[row * n + column] = row === column ? Math.sqrt(Math.max(sum, least)) : sum / a[column * n + column]!;
    }
  }
  for (let row = 0; row < n; row += 1) {
    for (let k = 0; k < row; k += 1) b[row]! -= a[row * n + k]! * b[k]!;
    b[row]! /= a[row * n + row]!;
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < n; k += 1) b[row]! -= a[k * n + row]! * b[k]!;
    b[row]! /= a[row * n + row]!;
  }
  return b;
}
