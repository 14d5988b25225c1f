import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../testing.ts";
import { AdaptiveLimiter } from "./adaptive-limiter.ts";

const forever = new AbortController().signal;

/** A round of as many requests as the limit allows, all at once, all well. */
async function cleanRound(limiter: AdaptiveLimiter, width = limiter.limit): Promise<void> {
  const rounds = Math.ceil(limiter.limit / width);
  for (let i = 0; i < rounds; i++) {
    const releases = await Promise.all(Array.from({ length: width }, () => limiter.acquire(forever)));
    for (const release of releases) {
      limiter.succeeded();
      release();
    }
  }
}

describe("the limit", () => {
  it("starts at 16 or the maximum and doubles with clean rounds", async () => {
    const limiter = new AdaptiveLimiter({ max: 100, clock: new ManualClock() });
    const limits = [limiter.limit];
    for (let i = 0; i < 4; i++) {
      await cleanRound(limiter);
      limits.push(limiter.limit);
    }
    expect(limits).toEqual([16, 32, 64, 100, 100]);
    expect(new AdaptiveLimiter({ max: 3, clock: new ManualClock() }).limit).toBe(3);
  });

  it("does not grow while fewer than 80 % of the slots are used", async () => {
    const limiter = new AdaptiveLimiter({ max: 100, clock: new ManualClock() });
    await cleanRound(limiter, 12);
    expect(limiter.limit).toBe(16);
    await cleanRound(limiter, 13);
    expect(limiter.limit).toBe(32);
  });

  it("is cut once an episode and then grows slowly", async () => {
    const clock = new ManualClock();
    const limiter = new AdaptiveLimiter({ max: 200, start: 100, clock });
    limiter.throttled();
    limiter.throttled();
    clock.advance(14_999);
    limiter.throttled();
    expect(limiter.limit).toBe(80);
    clock.advance(1);
    await cleanRound(limiter);
    expect(limiter.limit).toBe(84);
    limiter.throttled();
    expect(limiter.limit).toBe(67);
    expect(limiter.history).toEqual([
      { atMs: 0, limit: 100, reason: "start" },
      { atMs: 0, limit: 80, reason: "throttled" },
      { atMs: 15_000, limit: 84, reason: "clean round" },
      { atMs: 15_000, limit: 67, reason: "throttled" },
    ]);
  });

  it("neither falls below one nor grows while it cools down", async () => {
    const clock = new ManualClock();
    const limiter = new AdaptiveLimiter({ max: 4, start: 1, clock });
    limiter.throttled();
    await cleanRound(limiter);
    expect(limiter.limit).toBe(1);
    clock.advance(15_000);
    await cleanRound(limiter);
    expect(limiter.limit).toBe(2);
  });

  it.each([0, 1.5, Number.NaN])("cannot be %s", (max) => {
    expect(() => new AdaptiveLimiter({ max, clock: new ManualClock() })).toThrow("`max`");
  });
});

describe("waiting", () => {
  it("is first come, first served, and can be given up", async () => {
    const limiter = new AdaptiveLimiter({ max: 1, clock: new ManualClock() });
    const held = await limiter.acquire(forever);
    const impatient = new AbortController();
    const order: string[] = [];
    const enter = (name: string, signal: AbortSignal) =>
      limiter.acquire(signal).then(
        (release) => {
          order.push(name);
          release();
        },
        (reason) => void order.push(`${name} left: ${reason}`),
      );
    const all = [enter("a", forever), enter("b", impatient.signal), enter("c", forever)];
    impatient.abort("bored");
    await all[1];
    held();
    held();
    await Promise.all(all);
    expect(order).toEqual(["b left: bored", "a", "c"]);
    expect(limiter.inUse).toBe(0);
    await expect(limiter.acquire(impatient.signal)).rejects.toBe("bored");
  });

  it("never lets in more than the limit, and loses nobody", async () => {
    const step = fc.constantFrom("acquire", "abort", "release", "succeeded", "throttled", "time");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 80 }), async (max, steps) => {
        const clock = new ManualClock();
        const limiter = new AdaptiveLimiter({ max, clock });
        const releases: (() => void)[] = [];
        const waiting: AbortController[] = [];
        let settled = 0;
        let asked = 0;
        const acquire = () => {
          const controller = new AbortController();
          waiting.push(controller);
          asked++;
          limiter.acquire(controller.signal).then(
            (release) => {
              settled++;
              releases.push(release);
            },
            () => settled++,
          );
        };
        const act = {
          acquire,
          abort: () => waiting.shift()?.abort(),
          release: () => releases.shift()?.(),
          succeeded: () => limiter.succeeded(),
          throttled: () => limiter.throttled(),
          time: () => clock.advance(10_000),
        };
        for (const one of steps) {
          const before = limiter.inUse;
          act[one]();
          await Promise.resolve();
          await Promise.resolve();
          expect(limiter.inUse).toBeLessThanOrEqual(Math.max(before, limiter.limit));
          expect(limiter.inUse).toBeLessThanOrEqual(max);
          expect(limiter.limit).toBeLessThanOrEqual(max);
        }
        while (settled < asked) {
          releases.shift()?.();
          await Promise.resolve();
        }
        for (const release of releases) release();
        expect(limiter.inUse).toBe(0);
      }),
    );
  });
});
