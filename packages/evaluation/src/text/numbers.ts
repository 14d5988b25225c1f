import { roundingUsd } from "@quorate/core";
import type { Interval } from "../statistics/interval.ts";

/** 0.843 → "84.3 %". */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** "81.0–87.2", for brackets after a percent value. */
export function percentRange({ low, high }: Interval, digits = 1): string {
  return `${(100 * low).toFixed(digits)}–${(100 * high).toFixed(digits)}`;
}

/** Differences carry their sign: "+1.2", "−0.4". */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** 12345 → "12,345". */
export function grouped(count: number): string {
  return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** A mean with so many digits; whole numbers without. */
export function mean(value: number, digits = 2): string {
  return Number.isInteger(value) ? grouped(value) : value.toFixed(digits);
}

/** Dollars with two digits or, below a dollar, as many as small sums need: $1,234.56, $0.0123, $0.000045. */
export function dollars(usd: number): string {
  const size = Math.abs(usd);
  if (size < roundingUsd / 2) return "$0.00";
  const digits = size >= 1 ? 2 : Math.min(8, Math.max(4, 1 - Math.floor(Math.log10(size))));
  const text = size.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${usd < 0 ? "−" : ""}$${text}`;
}

/** "1 question", "2 questions". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** Large counts to three digits: 9,876,543 stays, 14,667,300 → "14.7 M". */
export function rounded(count: number): string {
  if (count < 1e7) return grouped(count);
  return count < 1e9 ? `${(count / 1e6).toPrecision(3)} M` : `${(count / 1e9).toFixed(1)} G`;
}

/** Keeps the unit on the line of its number. */
export function unbroken(text: string): string {
  return text.replace(/(?<=\d) (?=[%MG])/g, "\u00A0");
}
