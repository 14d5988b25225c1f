import { describe, expect, it } from "vitest";
import { verdictOf } from "./classify-failure.ts";

describe("verdictOf", () => {
  const status = (code: number, headers: Record<string, string> = {}) =>
    verdictOf({ kind: "status", status: code, message: "", headers: new Headers(headers), withinSuccess: false }).kind;
  it("believes a server that says whether to try again", () => {
    expect(status(429, { "x-should-retry": "false" })).toBe("fatal");
    expect(status(418, { "x-should-retry": "true" })).toBe("backoff");
  });
  it("takes 60 s as the longest wait", () => {
    expect(status(503, { "retry-after": "60" })).toBe("retry-after");
    expect(status(503, { "retry-after": "61" })).toBe("fatal");
  });
  it.each([400, 401, 403, 404, 413, 422, 501, 505])("gives up on %s", (code) => expect(status(code)).toBe("fatal"));
  it.each([408, 409, 425, 429, 500, 502, 503, 504, 520, 529])("tries %s again", (code) =>
    expect(status(code)).toBe("backoff"),
  );
});
