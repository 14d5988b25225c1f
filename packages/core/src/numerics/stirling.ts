/** Coefficients B₂ₖ/(2k(2k−1)) of Stirling's series (DLMF 5.11.1). */
const coefficients = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

export const halfLogTwoPi = 0.9189385332046727;

/** What Stirling's formula leaves out: log Γ(x) − ((x − ½) log x − x + ½ log 2π), for x > 0, absolute error below 1e-14. */
export function stirlingRemainder(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  const inverse = 1 / shifted;
  const inverseSquare = inverse * inverse;
  let power = inverse;
  let series = 0;
  for (const coefficient of coefficients) {
    series += coefficient * power;
    power *= inverseSquare;
  }
  if (shifted === x) return series;
  const logGamma = (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + series - Math.log(product);
  return logGamma - ((x - 0.5) * Math.log(x) - x + halfLogTwoPi);
}

/**
 * log of x^a (1 − x)^b Γ(a + b) / (Γ(a) Γ(b)), for a, b > 0 and 0 < x < 1. Written with differences from the mean, since the
 * three log-gammas themselves are so large for a + b near 20,000 that subtracting them would cost the tenth digit.
 */
export function logBetaFront(a: number, b: number, x: number): number {
  const sum = a + b;
  return (
    -a * Math.log1p((a - sum * x) / (sum * x)) -
    b * Math.log1p((b - sum * (1 - x)) / (sum * (1 - x))) +
    0.5 * Math.log((a * b) / sum) -
    halfLogTwoPi +
    stirlingRemainder(sum) -
    stirlingRemainder(a) -
    stirlingRemainder(b)
  );
}
