import { describe, expect, it } from "vitest";
import { backoffMs, retryAfterMs, spreadMs } from "./retry-delay.ts";

describe("retryAfterMs", () => {
  const from = (headers: Record<string, string>) =>
    retryAfterMs(new Headers(headers), Date.parse("2026-11-22T10:00:00Z"));
  it.each([
    { headers: {}, ms: undefined },
    { headers: { "retry-after": "soon" }, ms: undefined },
    { headers: { "retry-after": "-3" }, ms: undefined },
    { headers: { "retry-after": "1.5" }, ms: 1500 },
    { headers: { "retry-after": "0" }, ms: 0 },
    { headers: { "retry-after-ms": "30", "retry-after": "9" }, ms: 30 },
    { headers: { "retry-after": "Sun, 22 Nov 2026 10:00:20 GMT" }, ms: 20_000 },
    { headers: { "retry-after": "Sun, 22 Nov 2026 09:00:00 GMT" }, ms: 0 },
    { headers: { "retry-after": "Sun, 22 Nov 2026 09:00:05 GMT", date: "Sun, 22 Nov 2026 09:00:00 GMT" }, ms: 5000 },
  ])("reads $headers", ({ headers, ms }) => {
    expect(from(headers as Record<string, string>)).toBe(ms);
  });
});

describe("delays", () => {
  it("double up to eight seconds and are spread over their upper half", () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((failures) => backoffMs(failures, () => 0))).toEqual([
      250, 500, 1000, 2000, 4000, 4000, 4000,
    ]);
    expect(backoffMs(1, () => 0.5)).toBe(375);
  });

  it("are never shorter than the server asked", () => {
    expect(spreadMs(1000, () => 0)).toBe(1000);
    expect(spreadMs(1000, () => 0.5)).toBe(1050);
  });
});
