import { type Magnitude, renderMagnitude, scaled, withSign } from "./magnitude.ts";
import { literalAt } from "./number-literal.ts";

export interface NumberToken {
  readonly start: number;
  readonly end: number;
  /** Canonical; `undefined` when the digits belong to a date, version, range, expression or variable. */
  readonly value: string | undefined;
}

const currency = "(?:(?:US|CA|AU|HK|NZ)?[$€£¥₹₩₽]|\\b(?:USD|EUR|GBP|INR|CAD|AUD|Rs\\.?))";
const leading = new RegExp(`([+-] ?)?${currency} ?([+-])?$|([+-] ?)$`);
const partOfWord = /[A-Za-z_]-?$/;
const raised = /[\^_]\(?\{?[+-]?$/;
const operatorBefore = /[<>≤≥±√*×÷·/] *$|[\d)\]}]$|\d[.,:]$/;
const operandBefore = /[\d)\]}%°] *$/;
const uncleanAfter = new RegExp(
  [
    " *[\\^*×÷·√±π<>≤≥]", // an expression goes on
    " *\\+ *[\\w(\\\\√π]",
    " *- *(?:\\d|[b-z]\\b|[√π(\\\\])",
    " *\\/ *[\\d(√π\\\\]",
    "[.,:]\\d",
    " ?(?:to|through) +[$€£]?-?\\d",
    " +and +(?:a|one) +(?:half|quarter|third)",
    "\\(",
    " *\\\\(?:sqrt|frac|pi|ln|log|sin|cos|tan|[a-z]*theta|alpha|beta)",
    " ?pi\\b",
    "[kKMBexyzni](?![A-Za-z])", // 5k is not 5, and 5x is not a number
    "[A-Za-z]+\\d",
  ].join("|"),
  "y",
);
const scaleWord = / *-?(hundred|thousand|million|billion|trillion)s?\b/iy;
const powers: Readonly<Record<string, bigint>> = { hundred: 2n, thousand: 3n, million: 6n, billion: 9n, trillion: 12n };

/** The numbers in a short plain text, in order. Digits inside words (H2O, GPT-4) and exponents of units are none. */
export function numberTokens(text: string): NumberToken[] {
  const tokens: NumberToken[] = [];
  let position = 0;
  for (;;) {
    const start = nextNumber(text, position);
    if (start === undefined) return tokens;
    const literal = literalAt(text, start);
    if (literal === undefined) return tokens;
    position = literal.end;
    const token = tokenAt(text, start, literal.end, literal.value);
    if (token) {
      tokens.push(token);
      position = token.end;
    }
  }
}

function nextNumber(text: string, from: number): number | undefined {
  for (let index = from; index < text.length; index++) {
    if (isDigit(text, index)) return index;
    if (text[index] === "." && isDigit(text, index + 1)) return index;
  }
  return undefined;
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}

function tokenAt(text: string, start: number, literalEnd: number, literal: Magnitude | undefined) {
  const before = text.slice(Math.max(0, start - 16), start);
  const mark = leading.exec(before);
  const sign = mark?.[1] ?? mark?.[2] ?? mark?.[3] ?? "";
  const lead = mark ? before.slice(0, mark.index) : before;
  if (raised.test(before) || (!mark && partOfWord.test(before)) || (mark && partOfWord.test(lead))) return undefined;
  let value = literal;
  let end = literalEnd;
  const scale = matchAt(scaleWord, text, end);
  if (scale) {
    value = value && scaled(value, powers[scale[1]?.toLowerCase() ?? ""] ?? 0n);
    end = scaleWord.lastIndex;
  }
  // With a space after it, a sign is only believed where nothing stands before it.
  const detached = sign.endsWith(" ") && lead.trim() !== "";
  const part = operatorBefore.test(lead) || (sign !== "" && operandBefore.test(lead));
  const unclean = detached || part || matchAt(uncleanAfter, text, end) !== null;
  return {
    start: start - (before.length - lead.length),
    end,
    value: value === undefined || unclean ? undefined : renderMagnitude(withSign(value, sign.startsWith("-"))),
  };
}

function matchAt(form: RegExp, text: string, position: number): RegExpExecArray | null {
  form.lastIndex = position;
  return form.exec(text);
}
