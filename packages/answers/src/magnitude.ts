import { numberDigits } from "./limits.ts";
import { divide, multiply, negate, type Rational, rational, renderRational } from "./rational.ts";

/** A number too large or too small to write out: significant digits without zeros at either end, times a power of ten. */
export interface Huge {
  readonly digits: string;
  readonly exponent: bigint;
  readonly negative: boolean;
}

export type Magnitude = Rational | Huge;

export function isHuge(value: Magnitude): value is Huge {
  return "digits" in value;
}

/** From decimal digits, how many of them stand after the point, and a power of ten of any size. */
export function fromDecimal(digits: string, places: number, powerOfTen: bigint): Magnitude {
  const significant = stripZeros(digits);
  if (significant === "") return rational(0n);
  const exponent = powerOfTen - BigInt(places) + BigInt(trailingZeros(digits));
  const limit = BigInt(numberDigits);
  if (BigInt(significant.length) + exponent > limit || exponent < -limit) {
    return { digits: significant, exponent, negative: false };
  }
  const whole = BigInt(significant);
  return exponent >= 0n ? rational(whole * 10n ** exponent) : rational(whole, 10n ** -exponent);
}

export function withSign(value: Magnitude, negative: boolean): Magnitude {
  if (!negative) return value;
  return isHuge(value) ? { ...value, negative: !value.negative } : negate(value);
}

/** `undefined` when it cannot be divided exactly within the limits. */
export function quotient(a: Magnitude, b: Magnitude): Magnitude | undefined {
  if (isHuge(a) || isHuge(b) || b.numerator === 0n) return undefined;
  return within(divide(a, b));
}

export function scaled(value: Magnitude, powerOfTen: bigint): Magnitude | undefined {
  if (isHuge(value)) return { ...value, exponent: value.exponent + powerOfTen };
  return within(multiply(value, rational(10n ** powerOfTen)));
}

export function renderMagnitude(value: Magnitude): string {
  if (!isHuge(value)) return renderRational(value);
  return `${value.negative ? "-" : ""}${value.digits}e${value.exponent}`;
}

const limit = 10n ** BigInt(numberDigits);

function within(value: Rational): Rational | undefined {
  const { numerator, denominator } = value;
  return numerator < limit && numerator > -limit && denominator < limit ? value : undefined;
}

function stripZeros(digits: string): string {
  let start = 0;
  while (digits[start] === "0") start++;
  return digits.slice(start, Math.max(start, digits.length - trailingZeros(digits)));
}

function trailingZeros(digits: string): number {
  let count = 0;
  while (count < digits.length && digits[digits.length - 1 - count] === "0") count++;
  return count;
}
