import type { Audit, DecisionRecord, Policy } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { decisionOf } from "../__fixtures__/decision-of.ts";
import { summarise } from "../summary/summarise.ts";
import { auditText } from "./audit-text.ts";

const tuned: NonNullable<Policy["tuned"]> = {
  method: "learn-then-test",
  risk: "disagreement",
  epsilon: 0.1,
  delta: 0.1,
  maxSamples: 16,
  data: { file: "f", digest: "d", questions: 300 },
  parameter: "stop.level",
  level: 0.9,
};

let serial = 0;
const audited = (audit: Partial<Audit> = {}, more: Partial<DecisionRecord> = {}) => {
  serial += 1;
  return decisionOf(String(serial), { audit: { answer: "A", agrees: true, samples: 12, ...audit }, ...more });
};
const many = (count: number, audit: Partial<Audit> = {}, more: Partial<DecisionRecord> = {}) =>
  Array.from({ length: count }, () => audited(audit, more));
const other = { answer: "B", agrees: false } as const;

async function auditOf(decisions: readonly DecisionRecord[], promised: Policy["tuned"] | null = tuned) {
  return (await summarise(decisions, promised == null ? {} : { tuned: promised })).audit;
}

describe("audits in a summary", () => {
  it("are counted apart from what decisions took", async () => {
    const decisions = [
      decisionOf("plain", { costUsd: 1 }),
      audited({ costUsd: 0.25, usage: { inputTokens: 1, outputTokens: 9 } }, { costUsd: 1 }),
      audited({ ...other, costUsd: 0.5 }, { costUsd: 1 }),
      audited({ samples: 0 }, { certificate: "curtailed", costUsd: 1 }),
    ];
    const { countedSamples, savedSamples, costUsd, usage, audit } = await summarise(decisions);
    expect({ countedSamples, savedSamples, costUsd, usage }).toEqual({
      countedSamples: 16,
      savedSamples: 48,
      costUsd: 4,
      usage: undefined,
    });
    // 95 % Clopper–Pearson of 1 in 3, from tables.
    expect(audit).toEqual({
      decisions: 3,
      audited: 3,
      disagreements: 1,
      interval: { low: expect.closeTo(0.0084, 4), high: expect.closeTo(0.9057, 4) },
      samples: 24,
      costUsd: 0.75,
    });
    expect((await summarise([decisionOf("plain")])).audit).toBeUndefined();
  });

  it("speak of drift only when more are lost than the promise explains", async () => {
    // P(Bin(20, .1) ≥ 4) = .133 and P(Bin(20, .1) ≥ 5) = .0432, from tables.
    const four = await auditOf([...many(16), ...many(4, other)]);
    expect(four?.verdict).toMatchObject({ tested: 20, lost: 4, pValue: expect.closeTo(0.133, 3), drift: false });
    const five = await auditOf([...many(15), ...many(5, other)]);
    expect(five?.verdict).toMatchObject({ tested: 20, lost: 5, pValue: expect.closeTo(0.0432, 4), drift: true });
    expect(auditText(four!).verdict).toMatch(/^consistent with the promised disagreement of at most 10\.00 %: 4 of 20/);
    expect(auditText(five!).verdict).toMatch(/^drift: 5 of 20 is more than/);
    expect(auditText(five!).found).toMatch(/5 of 20 audited decisions differ .*for 240 more samples/);
  });

  it("none lost is consistent with any promise", async () => {
    expect((await auditOf(many(3)))?.verdict).toMatchObject({ lost: 0, pValue: 1, drift: false });
  });

  it("count one of the questions that share a group", async () => {
    const grouped = [...many(4, other, { group: "g" }), ...many(2)];
    const audit = await auditOf(grouped);
    expect(audit).toMatchObject({ decisions: 6, audited: 3, disagreements: 1, samples: 72, verdict: { tested: 3 } });
    expect(auditText(audit!).found).toContain("(one a group; 6 in all)");
  });

  it("test only decisions that the promise is about", async () => {
    const shorter = await auditOf([...many(3), ...many(9, other, { savedSamples: 4 })]);
    expect(shorter).toMatchObject({ audited: 12, disagreements: 9, verdict: { tested: 3, lost: 0 } });
    const none = await auditOf(many(9, other), null);
    expect(none).toMatchObject({ disagreements: 9 });
    expect(none).not.toHaveProperty("verdict");
    expect(auditText(none!).verdict).toMatch(/no promise/);
  });

  it("of excess error count only errors that the full vote would not have made", async () => {
    const excess = { ...tuned, risk: "excess-error" } as const;
    const audit = await auditOf(
      [
        ...many(2, { ...other, correct: true }, { correct: false, gold: "B" }),
        ...many(3, { ...other, correct: false }, { correct: true, gold: "A" }),
        ...many(4, { correct: true }, { correct: true, gold: "A" }),
        ...many(5, other),
      ],
      excess,
    );
    expect(audit).toMatchObject({ audited: 14, disagreements: 10, verdict: { tested: 9, lost: 2 } });
  });
});
