import { fromDecimal, type Magnitude, quotient } from "./magnitude.ts";
import { add, rational } from "./rational.ts";

export interface Literal {
  /** `undefined` when it is written like a number but has no value: a fraction over zero, a third slash. */
  readonly value: Magnitude | undefined;
  readonly end: number;
}

const grouped = [
  /\d{1,3}(?:,\d{3})+(?!,?\d)/, // 1,234,567
  /\d{1,2}(?:,\d{2})+,\d{3}(?!,?\d)/, // 1,00,000
  /\d{1,3}(?: \d{3})+(?![\d/])(?! \d)/, // 1 234 567
  /\d{1,3}(?:'\d{3})+(?!\d)/, // 1'234'567
  /\d+(?:_\d+)+/, // 1_000
  /\d+/,
]
  .map((form) => form.source)
  .join("|");
// A decimal comma is only believed after dots that group thousands: 1,5 may as well be two numbers.
const european = /\d{1,3}(?:\.\d{3})+,\d+(?![\d.,]\d)(?!\d)/y;
const decimal = new RegExp(`(${grouped})?(\\.\\d+)?`, "y");
const simple = /^\d+$/;
const exponentMark = /[eE]([+-]?\d+)(?![\d.]*\d)/y;
const timesPowerOfTen = / ?[×x*·✕] ?10 ?\^ ?(?:\{ ?([+-]?\d+) ?\}|\(([+-]?\d+)\)|([+-]?\d+))/y;
const powerOfTen = /\^ ?(?:\{ ?([+-]?\d+) ?\}|\(([+-]?\d+)\)|([+-]?\d+))/y;
const mixedFraction = / +(\d+) ?\/ ?(\d+)(?!\d| ?\/)/y;
const over = / ?\/ ?(?=[\d.]*\d)/y;

/** Reads the unsigned number that starts at `start`: decimal, scientific, fraction or mixed number. */
export function literalAt(text: string, start: number): Literal | undefined {
  const first = decimalAt(text, start);
  if (first === undefined) return undefined;
  if (simple.test(text.slice(start, first.end))) {
    const mixed = matchAt(mixedFraction, text, first.end);
    if (mixed) return { value: mixedNumber(first.value, mixed), end: mixedFraction.lastIndex };
  }
  if (!matchAt(over, text, first.end)) return first;
  const below = decimalAt(text, over.lastIndex);
  if (below === undefined) return first;
  if (matchAt(over, text, below.end)) return { value: undefined, end: below.end };
  return { value: first.value && below.value && quotient(first.value, below.value), end: below.end };
}

function decimalAt(text: string, start: number): Literal | undefined {
  const plain = digitsAt(text, start);
  if (plain === undefined) return undefined;
  const { digits, places, end } = plain;
  const ten = digits === "10" && places === 0 ? matchAt(powerOfTen, text, end) : null;
  if (ten) return { value: fromDecimal("1", 0, exponentOf(ten)), end: powerOfTen.lastIndex };
  for (const form of [exponentMark, timesPowerOfTen]) {
    const power = matchAt(form, text, end);
    if (power) return { value: fromDecimal(digits, places, exponentOf(power)), end: form.lastIndex };
  }
  return { value: fromDecimal(digits, places, 0n), end };
}

function digitsAt(text: string, start: number) {
  const continental = matchAt(european, text, start);
  if (continental) {
    const [whole = "", fraction = ""] = continental[0].split(",");
    return { digits: whole.replaceAll(".", "") + fraction, places: fraction.length, end: european.lastIndex };
  }
  const match = matchAt(decimal, text, start);
  if (match === null || match[0] === "") return undefined;
  const fraction = match[2]?.slice(1) ?? "";
  const digits = (match[1] ?? "").replace(/\D/g, "") + fraction;
  return { digits, places: fraction.length, end: decimal.lastIndex };
}

function exponentOf(match: RegExpExecArray): bigint {
  return BigInt((match[1] ?? match[2] ?? match[3] ?? "0").replace("+", ""));
}

function mixedNumber(whole: Magnitude | undefined, match: RegExpExecArray): Magnitude | undefined {
  const numerator = BigInt(match[1] ?? "0");
  const denominator = BigInt(match[2] ?? "0");
  if (whole === undefined || "digits" in whole || numerator >= denominator) return undefined;
  return add(whole, rational(numerator, denominator));
}

function matchAt(form: RegExp, text: string, position: number): RegExpExecArray | null {
  form.lastIndex = position;
  return form.exec(text);
}
