/**
 * How long the server asks to wait: `retry-after-ms`, else `retry-after` in seconds or as an HTTP date. A date counts from
 * the reply's own `date` where it has one, so that clocks need not agree.
 */
export function retryAfterMs(headers: Headers, nowEpochMs: number = Date.now()): number | undefined {
  const ms = amountOf(headers.get("retry-after-ms"));
  if (ms !== undefined) return ms;
  const after = headers.get("retry-after");
  if (after === null) return undefined;
  const seconds = amountOf(after);
  if (seconds !== undefined) return seconds * 1000;
  // Date.parse makes a date of "-3" too; an HTTP date begins with the day of the week.
  const until = /^[A-Za-z]{3}/.test(after.trim()) ? Date.parse(after) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  const from = Date.parse(headers.get("date") ?? "");
  return Math.max(0, until - (Number.isNaN(from) ? nowEpochMs : from));
}

function amountOf(text: string | null): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const amount = Number(text);
  return Number.isFinite(amount) && amount >= 0 ? amount : undefined;
}

const firstBackoffMs = 500;
const longestBackoffMs = 8_000;

/** Doubles with every failure; spread over its upper half, so that those who failed together do not return together. */
export function backoffMs(failures: number, random: () => number): number {
  const full = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (failures - 1));
  return full * (0.5 + 0.5 * random());
}

/** Never earlier than asked, a tenth later at most. */
export function spreadMs(delayMs: number, random: () => number): number {
  return delayMs * (1 + 0.1 * random());
}
