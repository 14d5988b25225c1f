import { logBetaFrontAtHalf } from "./stirling.ts";

/**
 * The regularised incomplete beta function I_½(a, b), a and b > 0. The continued fraction converges fast on the side where
 * ½ < (a + 1)/(a + b + 2).
 */
export function incompleteBetaAtHalf(a: number, b: number): number {
  const front = Math.exp(logBetaFrontAtHalf(a, b));
  if ((a + 1) / (a + b + 2) > 0.5) return (front * continuedFraction(a, b)) / a;
  return 1 - (front * continuedFraction(b, a)) / b;
}

/**
 * What I_½(a, b) · a · B(a, b) · 2^(a+b) is, for a ≥ b: Lentz's method on the continued fraction of the incomplete beta
 * function (DLMF 8.17.22) at x = ½.
 */
export function continuedFraction(a: number, b: number): number {
  const x = 0.5;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1), tiny);
  let result = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d, tiny);
    c = guard(1 + even / c, tiny);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d, tiny);
    c = guard(1 + odd / c, tiny);
    const factor = d * c;
    result *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return result;
}

function guard(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
