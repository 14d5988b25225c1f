const table = [0];
/** What rounding has taken from the last entry: without it the sum of 10,000 logarithms would lose four digits. */
let missing = 0;

/** log n!, n an integer ≥ 0; absolute error below 1e-11 up to n = 10,000. */
export function logFactorial(n: number): number {
  while (table.length <= n) {
    const last = table.at(-1)!;
    const term = Math.log(table.length) + missing;
    const sum = last + term;
    missing = term - (sum - last);
    table.push(sum);
  }
  return table[n]!;
}

/** log C(n, k), 0 ≤ k ≤ n. */
export function logBinomial(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
