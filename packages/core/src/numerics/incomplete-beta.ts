import { logBetaFront } from "./stirling.ts";

/**
 * The regularised incomplete beta function I_x(a, b) = P(p ≤ x) for p ∼ Beta(a, b), right to 1e-10 for a and b up to 10,000.
 *
 * @param x in [0,1]
 * @param a a real number above 0
 * @param b a real number above 0
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logBetaFront(a, b, x));
  // The continued fraction converges fast on the side of the mean where x lies below it.
  if (x < (a + 1) / (a + b + 2)) return (front * continuedFraction(a, b, x)) / a;
  return 1 - (front * continuedFraction(b, a, 1 - x)) / b;
}

/**
 * What I_x(a, b) · a · B(a, b) / (x^a (1 − x)^b) is, for x below (a + 1)/(a + b + 2): Lentz's method on the continued fraction
 * of the incomplete beta function (DLMF 8.17.22).
 */
export function continuedFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const factor = d * c;
    result *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return result;
}

const tiny = 1e-300;

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
