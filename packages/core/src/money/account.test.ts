import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type Account, leftUsd, openAccount, presume, release, reserve, settle } from "./account.ts";
import { roundingUsd } from "./usd.ts";

const reserved = (account: Account, usd: number): Account => {
  const next = reserve(account, usd);
  if (typeof next === "string") throw new Error(`did not fit: ${next}`);
  return next;
};

describe("account", () => {
  it("sets the worst case aside and gives back what was not used", () => {
    const before = reserved(openAccount(1), 0.4);
    expect(leftUsd(before)).toBeCloseTo(0.6, 12);
    const after = settle(before, 0.4, 0.1);
    expect(after).toMatchObject({ recordedUsd: 0.1, presumedUsd: 0, reservedUsd: 0 });
    expect(leftUsd(after)).toBeCloseTo(0.9, 12);
  });

  it("counts an unknown fate as its worst case and a refusal as nothing", () => {
    expect(presume(reserved(openAccount(1), 0.4), 0.4)).toMatchObject({ presumedUsd: 0.4, reservedUsd: 0 });
    expect(release(reserved(openAccount(1), 0.4), 0.4)).toMatchObject({ presumedUsd: 0, reservedUsd: 0 });
  });

  it("says later while money may come back, and never once it cannot", () => {
    expect(reserve(reserved(openAccount(1), 0.7), 0.4)).toBe("later");
    expect(reserve(presume(reserved(openAccount(1), 0.7), 0.7), 0.4)).toBe("never");
    expect(reserve(openAccount(1), 1.1)).toBe("never");
    expect(reserve(openAccount(1), 1)).not.toBe("never");
  });

  it("refuses an unknown price under a budget and carries it without one", () => {
    expect(reserve(openAccount(1), "unknown")).toBe("never");
    const open = openAccount();
    expect(reserve(open, "unknown")).toEqual(open);
    expect(presume(open, "unknown")).toEqual(open);
    expect(settle(open, "unknown", 0.2).recordedUsd).toBe(0.2);
    expect(leftUsd(open)).toBe(Number.POSITIVE_INFINITY);
  });

  test.prop(
    [
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.array(
        fc.record({
          worst: fc.double({ min: 0, max: 1, noNaN: true }),
          used: fc.double({ min: 0, max: 1, noNaN: true }),
          ending: fc.constantFrom("settle", "presume", "release", "in flight"),
        }),
        { maxLength: 60 },
      ),
    ],
    { seed: 7, numRuns: 300 },
  )("never sets aside or spends more than the budget", (budget, attempts) => {
    let account = openAccount(budget);
    for (const { worst, used, ending } of attempts) {
      const next = reserve(account, worst);
      if (typeof next === "string") continue;
      account = next;
      if (ending === "settle") account = settle(account, worst, worst * used);
      if (ending === "presume") account = presume(account, worst);
      if (ending === "release") account = release(account, worst);
      const held = account.recordedUsd + account.presumedUsd + account.reservedUsd;
      expect(held).toBeLessThanOrEqual(budget + attempts.length * roundingUsd);
    }
  });
});
