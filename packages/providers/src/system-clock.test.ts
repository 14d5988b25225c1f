import { describe, expect, it } from "vitest";
import { systemClock } from "./system-clock.ts";

describe("systemClock", () => {
  it("does not begin a sleep that was cancelled before", async () => {
    await expect(systemClock.sleep(1e9, AbortSignal.abort("why"))).rejects.toBe("why");
  });

  it("ends a sleep when it is cancelled", async () => {
    const controller = new AbortController();
    const asleep = systemClock.sleep(1e6, controller.signal);
    controller.abort("why");
    await expect(asleep).rejects.toBe("why");
  });

  it("wakes by itself and never runs backwards", async () => {
    const before = systemClock.now();
    await systemClock.sleep(1, new AbortController().signal);
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  });
});
