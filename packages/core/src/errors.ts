const marker = Symbol.for("quorate.error");

export type ErrorCode =
  | "bad-input"
  | "bad-option"
  | "bad-policy"
  | "unknown-model"
  | "missing-key"
  | "missing-signal"
  | "unknown-price"
  | "budget-exhausted"
  | "run-locked"
  | "run-changed"
  | "storage-failed"
  | "provider-failed"
  | "not-found";

export interface ErrorDetails {
  readonly code: ErrorCode;
  /** What is wrong, in one sentence, naming the thing. */
  readonly what: string;
  /** The value seen; shown shortened. Never a key. */
  readonly seen?: unknown;
  readonly expected?: string;
  /** What the person can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The one base of all errors that Quorate raises on purpose. Recognised across copies of the package by `isQuorateError`. */
export class QuorateError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(details: ErrorDetails) {
    super(compose(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "QuorateError";
    this.code = details.code;
    this.hint = details.hint;
    Object.defineProperty(this, marker, { value: true });
  }
}

export function isQuorateError(value: unknown): value is QuorateError {
  return typeof value === "object" && value !== null && marker in value;
}

function compose({ what, seen, expected, hint }: ErrorDetails): string {
  const parts = [what];
  if (expected !== undefined) parts.push(`Expected ${expected}${seen === undefined ? "" : `, got ${show(seen)}`}.`);
  else if (seen !== undefined) parts.push(`Got ${show(seen)}.`);
  if (hint !== undefined) parts.push(hint);
  return parts.join(" ");
}

const shownLength = 120;

function show(value: unknown): string {
  const text = typeof value === "string" ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
