import type { Answer } from "@quorate/core";
import { jsonValues, parseJson, writtenNumber } from "./json-text.ts";
import { depth } from "./limits.ts";
import { canonicalNumber, wholeNumber } from "./number.ts";
import { found, type Reading } from "./reading.ts";
import { settle } from "./settle.ts";
import { canonicalText } from "./text.ts";

export const defaultField = "answer";

/** The value at a field of the JSON in a response. */
export function readJson(text: string, field: string): Reading {
  for (const value of jsonValues(text)) {
    const at = valueAt(value, field);
    if (at === undefined || at === null) continue;
    const answer = settle(rewrite, rendered(at, 0, true) ?? "");
    return answer === "" ? "unclear" : found(answer);
  }
  return "nothing";
}

/** A JSON value, or plain text standing for a string. */
export function canonicalJson(answer: string): Answer {
  return settle(rewrite, answer);
}

function rewrite(text: string): string {
  const value = /^\s*[{["]/.test(text) ? parseJson(text) : undefined;
  return (value === undefined ? undefined : rendered(value, 0, true)) ?? scalar(text);
}

function scalar(text: string): string {
  return wholeNumber(text) ?? canonicalText(text);
}

/** `undefined` when it is nested too deep. */
function rendered(value: unknown, level: number, top = false): string | undefined {
  if (level > depth) return undefined;
  if (typeof value === "string") {
    const number = wholeNumber(value);
    return number ?? (top ? canonicalText(value) : JSON.stringify(canonicalText(value)));
  }
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value))
    return joined(
      value.map((item) => rendered(item, level + 1)),
      "[",
      "]",
    );
  const digits = writtenNumber(value);
  if (digits !== undefined) return canonicalNumber(digits);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return joined(
    entries.map(([key, item]) => {
      const text = rendered(item, level + 1);
      return text === undefined ? undefined : `${JSON.stringify(key)}:${text}`;
    }),
    "{",
    "}",
  );
}

function joined(parts: readonly (string | undefined)[], open: string, close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(",")}${close}`;
}

function valueAt(value: unknown, field: string): unknown {
  const direct = own(value, field);
  return direct === undefined ? field.split(".").reduce(own, value) : direct;
}

function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
