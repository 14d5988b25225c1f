import { numberText } from "./number.ts";
import { numberTokens } from "./number-tokens.ts";
import { found, type Reading } from "./reading.ts";

const lookBack = 300;
const lookAhead = 100;
const attempts = 8;
const listMark = /^\s*(?:\d{1,3}[.)]|[-*•+])\s+(?=\S)/;

/**
 * The last number of a text. When that one is part of a date, version, range or expression there is no answer:
 * an earlier number would be a guess.
 */
export function lastNumber(text: string): Reading {
  let end = text.length;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const digit = lastDigit(text, end);
    if (digit === undefined) return "nothing";
    const line = lineAround(text, digit);
    if (line === undefined) return "unclear";
    const token = numberTokens(numberText(line.text.replace(listMark, ""))).at(-1);
    if (token) return token.value === undefined ? "unclear" : found(token.value);
    end = line.start;
  }
  return "nothing";
}

/** The zeros of other digits that are read: Arabic, Persian, Devanagari, Bengali, full-width. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

function isForeignDigit(code: number): boolean {
  return (code >= 0xbc && code <= 0xbe) || zeros.some((zero) => code >= zero && code < zero + 10);
}

function lastDigit(text: string, end: number): number | undefined {
  for (let index = end - 1; index >= 0; index--) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) return index;
    if (code > 127 && isForeignDigit(code)) return index;
  }
  return undefined;
}

function lineAround(text: string, index: number): { text: string; start: number } | undefined {
  const before = text.slice(Math.max(0, index - lookBack), index);
  const newline = before.lastIndexOf("\n");
  const cut = newline === -1 && index > lookBack;
  // A number must not be entered in its middle.
  const from = cut ? before.search(/\s/) : newline + 1;
  if (from === -1) return undefined;
  const after = text.slice(index, index + lookAhead);
  const lineEnd = after.indexOf("\n");
  const start = index - before.length + from;
  return { text: before.slice(from) + (lineEnd === -1 ? after : after.slice(0, lineEnd)), start };
}
