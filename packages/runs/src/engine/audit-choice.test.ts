import { describe, expect, it } from "vitest";
import type { RunPlan } from "../plan.ts";
import type { DecisionLine } from "../storage/decision-line.ts";
import { isAuditDue, isChosenForAudit } from "./audit-choice.ts";

const chosen = (share: number, seed = 1) =>
  Array.from({ length: 20_000 }, (_, index) => index).filter((index) => isChosenForAudit(share, seed, index));

describe("questions chosen for an audit", () => {
  it.each([0.02, 0.25])("are the share %f of all", (share) => {
    const spread = Math.sqrt(share * (1 - share) * 20_000);
    expect(Math.abs(chosen(share).length - share * 20_000)).toBeLessThan(4 * spread);
  });

  it("are none for nothing and all for everything, and stay chosen when the share grows", () => {
    expect(chosen(0)).toEqual([]);
    expect(chosen(1)).toHaveLength(20_000);
    const more = new Set(chosen(0.1));
    expect(chosen(0.03).every((index) => more.has(index))).toBe(true);
  });

  it("are others under another seed", () => {
    const one = new Set(chosen(0.1));
    const both = chosen(0.1, 2).filter((index) => one.has(index)).length;
    expect(both).toBeLessThan(320);
  });
});

describe("a decided question is opened for its audit", () => {
  const plan = (auditShare?: number) =>
    ({ seed: 1, limits: { maxSamples: 16, ...(auditShare !== undefined && { auditShare }) } }) as RunPlan;
  const line = (more: Partial<DecisionLine> = {}) => ({ sampleCount: 4, savedSamples: 12, ...more }) as DecisionLine;

  it("when it is chosen and has none, under the same full vote", () => {
    expect(isAuditDue(plan(1), line(), 0)).toBe(true);
    expect(isAuditDue(plan(1), line({ savedSamples: 10, speculatedSamples: 2 }), 0)).toBe(true);
    expect(isAuditDue(plan(), line(), 0)).toBe(false);
    expect(isAuditDue(plan(1), line({ savedSamples: 4 }), 0)).toBe(false);
    expect(isAuditDue(plan(1), line({ audit: { answer: "A", agrees: true, samples: 12 } }), 0)).toBe(false);
  });
});
