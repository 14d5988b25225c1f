import { describe, expect, it } from "vitest";
import { redact } from "./redact.ts";

describe("redact", () => {
  it("removes the key and anything like one, and shortens", () => {
    expect(redact("a secret-key b sk-proj-12345678 c", "secret-key")).toBe("a [key] b [key] c");
    expect(redact("x".repeat(1000), "none")).toHaveLength(301);
    expect(redact("none of it", "none")).toBe("none of it");
  });
});
