import { numberDigits } from "./limits.ts";

/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 1n) return { numerator, denominator };
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator, denominator) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Of `b` not zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function negate(value: Rational): Rational {
  return { numerator: -value.numerator, denominator: value.denominator };
}

const small = 1n << 256n;

/** Whether arithmetic on it stays cheap, however long the chain. */
export function isSmall({ numerator, denominator }: Rational): boolean {
  return numerator < small && numerator > -small && denominator < small;
}

/** An integer as `42`, else a terminating decimal as `0.75`, else a reduced fraction as `1/3`. */
export function renderRational(value: Rational): string {
  const { numerator, denominator } = value;
  if (denominator === 1n) return numerator.toString();
  const places = decimalPlaces(denominator);
  if (places === undefined) return `${numerator}/${denominator}`;
  const magnitude = numerator < 0n ? -numerator : numerator;
  const digits = ((magnitude * 10n ** BigInt(places)) / denominator).toString().padStart(places + 1, "0");
  return `${numerator < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** How many decimal places write 1/denominator exactly, if any number does. */
function decimalPlaces(denominator: bigint): number | undefined {
  let rest = denominator;
  let twos = 0;
  let fives = 0;
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 5n === 0n; rest /= 5n) fives++;
  const places = Math.max(twos, fives);
  return rest === 1n && places <= numberDigits ? places : undefined;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
