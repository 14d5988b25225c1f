import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { logEValue } from "../numerics/e-value.ts";
import { goOn, ruleOf, shortestWay, verdictAfter, votes, Watched } from "./__fixtures__/streams.ts";
import type { RuleSpec } from "./rule.ts";

/** Smallest v1 > v2 that stops, for v2 = 0…11: computed apart from this code. */
const eBoundaries = [
  [10, [5, 8, 11, 13, 15, 17, 19, 21, 23, 25, 26, 28]],
  [20, [6, 10, 12, 15, 17, 19, 21, 23, 25, 27, 28, 30]],
  [100, [8, 12, 15, 18, 20, 23, 25, 27, 29, 31, 32, 34]],
  [40, [7, 11, 14, 16, 18, 21, 23, 25, 26, 28, 30, 32]],
  [60, [8, 12, 14, 17, 19, 21, 24, 26, 27, 29, 31, 33]],
  [80, [8, 12, 15, 18, 20, 22, 24, 26, 28, 30, 32, 34]],
] as const;

const pprBoundaries = [
  [0.1, 2, [7, 10, 12, 14, 16, 18, 20, 22, 24, 26, 27, 29]],
  [0.05, 2, [8, 11, 14, 16, 18, 20, 22, 24, 26, 28, 29, 31]],
  [0.01, 2, [11, 14, 17, 19, 21, 24, 26, 28, 30, 32, 33, 35]],
  [0.05, 4, [10, 13, 16, 18, 20, 23, 25, 27, 28, 30, 32, 34]],
] as const;

const plenty = { maxSamples: 200 };

function expectBoundary(spec: RuleSpec, boundary: readonly number[]): void {
  boundary.forEach((leader, runnerUp) => {
    expect(verdictAfter(spec, votes(leader, runnerUp), plenty)).toMatchObject({
      stop: true,
      answer: "A",
      reason: spec.rule,
      certificate: "anytime",
    });
    expect(verdictAfter(spec, votes(leader - 1, runnerUp), plenty)).toEqual(goOn(1));
    expect(verdictAfter(spec, votes(runnerUp, runnerUp), plenty)).toEqual(goOn(leader - runnerUp));
  });
}

describe("e-process", () => {
  it.each(eBoundaries)("for a leader chosen by the votes stops at (K − 1)/δ = %i", (threshold, boundary) => {
    expectBoundary({ rule: "e-process", answers: 2, delta: 1 / threshold }, boundary);
    const answers = threshold / 20 + 1;
    if (threshold >= 20) expectBoundary({ rule: "e-process", target: "leader", answers, delta: 0.05 }, boundary);
  });

  it("takes K from the policy, else from the options of the question", () => {
    const target = { rule: "e-process", target: "leader" };
    expect(verdictAfter(target, "", { optionCount: 4 })).toEqual(goOn(8));
    expect(verdictAfter({ ...target, answers: 2 }, "", { optionCount: 4 })).toEqual(goOn(6));
    expect(verdictAfter(target, "")).toEqual(goOn(7));
  });

  it("bets on past leaders where that takes fewer samples", () => {
    expect(verdictAfter({ rule: "e-process" }, "", { optionCount: 2 })).toEqual(goOn(6));
    expect(verdictAfter({ rule: "e-process" }, "", { optionCount: 3 })).toEqual(goOn(7));
    expect(verdictAfter({ rule: "e-process" }, "")).toEqual(goOn(7));
  });

  it("never certifies a leader among more answers than there can be", () => {
    const spec = { rule: "e-process", answers: 2 };
    expect(verdictAfter(spec, `B${"A".repeat(10)}`)).toMatchObject({ stop: true });
    expect(verdictAfter(spec, `CB${"A".repeat(20)}`)).toEqual(goOn(18));
  });

  it("ignores abstentions", () => {
    expect(verdictAfter({ rule: "e-process", answers: 2 }, "---AAA")).toEqual(goOn(3));
    expect(verdictAfter({ rule: "e-process", target: "pilot" }, "---AAA-AA-")).toEqual(goOn(4));
    expect(verdictAfter({ rule: "e-process" }, "-A-AA-")).toEqual(goOn(4));
  });

  it.each([
    { rule: "e-process", answers: 2, delta: 0.6 },
    { rule: "e-process", answers: 3, delta: 0.8, target: "leader" },
    { rule: "ppr", answers: 2, delta: 0.8 },
  ])("needs exactly what the shortest of all ways to a stop takes: %j", (spec) => {
    let stops = 0;
    for (const [state, { need, true: shortest }] of shortestWay(spec, 9, 3)) {
      const used = state.split(/[,|]/).reduce((sum, count) => sum + Number(count), 0);
      expect({ state, need }).toEqual({ state, need: shortest === 0 ? 0 : Math.max(1, Math.min(shortest, 9 - used)) });
      if (shortest === 0) stops += 1;
    }
    expect(stops).toBeGreaterThan(10);
  });
});

describe("e-process on a pilot's target", () => {
  const spec = { rule: "e-process", target: "pilot", pilot: 3 };

  it("counts the pilot's votes for nothing but the target", () => {
    expect(verdictAfter(spec, "")).toEqual(goOn(9));
    expect(verdictAfter(spec, "AAA")).toEqual(goOn(6));
    expect(verdictAfter(spec, "AAAAAAAA")).toEqual(goOn(1));
    expect(verdictAfter(spec, "AAAAAAAAA")).toMatchObject({ stop: true, answer: "A", certificate: "anytime" });
  });

  it("takes the class seen first of a split pilot, and keeps it", () => {
    expect(verdictAfter(spec, `BAC${"B".repeat(6)}`)).toMatchObject({ stop: true, answer: "B" });
    // Four for B, none against it among the fresh votes: E(−, 4) asks for more than twelve.
    expect(verdictAfter({ ...spec, pilot: 1 }, `A${"B".repeat(15)}`)).toEqual(goOn(24));
  });

  it("tests against the strongest challenger, whatever the number of answers", () => {
    expect(verdictAfter(spec, `AAA${"A".repeat(9)}BCD`)).toEqual(goOn(1));
    expect(verdictAfter(spec, `AAA${"A".repeat(10)}BCD`)).toMatchObject({ stop: true });
    expect(verdictAfter(spec, `AAA${"A".repeat(11)}BBC`)).toEqual(goOn(1));
  });
});

describe("e-process betting on past leaders", () => {
  /** Vote by vote, as the proof has it: against each answer a product of bets on whoever led before the vote. */
  function logEvidence(stream: string, against: string): number {
    const counts = new Map<string, number>();
    let [successes, failures, log] = [0, 0, 0];
    for (const vote of stream) {
      const leader = [...counts].reduce<string | undefined>(
        (best, [answer, count]) => (best === undefined || count > counts.get(best)! ? answer : best),
        undefined,
      );
      if (leader !== undefined && leader !== against && (vote === leader || vote === against)) {
        const before = logEValue(successes, failures);
        if (vote === leader) successes += 1;
        else failures += 1;
        log += logEValue(successes, failures) - before;
      }
      counts.set(vote, (counts.get(vote) ?? 0) + 1);
    }
    return log;
  }

  test.prop(
    [
      fc.array(fc.constantFrom("A", "A", "A", "B", "C"), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(0.5, 0.2, 0.05),
    ],
    {
      seed: 41,
      numRuns: 400,
    },
  )("stops exactly when every other answer is rejected", (stream, delta) => {
    const watched = new Watched(ruleOf({ rule: "e-process", target: "past-leader", delta }), { maxSamples: 41 });
    for (const [i, vote] of stream.entries()) {
      const { verdict, tally } = watched.draw(vote);
      const seen = stream.slice(0, i + 1).join("");
      const leader = tally.byCount.leader!.answer;
      const others = ["A", "B", "C", "an answer nobody gave"].filter((answer) => answer !== leader);
      const isRejected = others.every((answer) => logEvidence(seen, answer) >= -Math.log(delta) - 1e-12);
      expect(verdict.stop).toBe(isRejected);
      if (verdict.stop) expect(verdict).toMatchObject({ answer: leader, certificate: "anytime" });
    }
  });

  it("lets a leader be replaced, at a price", () => {
    expect(verdictAfter({ rule: "e-process", target: "past-leader" }, "AAAAAAA")).toMatchObject({
      stop: true,
      answer: "A",
    });
    expect(verdictAfter({ rule: "e-process", target: "past-leader" }, `A${"B".repeat(12)}`)).toMatchObject({
      answer: "B",
    });
  });
});

describe("ppr", () => {
  it.each(pprBoundaries)("stops at δ %d among %i answers", (delta, answers, boundary) => {
    expectBoundary({ rule: "ppr", delta, answers }, boundary);
  });

  it("at δ itself", () => {
    expect(verdictAfter({ rule: "ppr", delta: 0.0625, answers: 2 }, "AAAAAAA")).toMatchObject({ stop: true });
  });

  it("without the number of answers asks a pilot", () => {
    expect(verdictAfter({ rule: "ppr" }, "")).toEqual(goOn(11));
    expect(verdictAfter({ rule: "ppr", pilot: 1 }, "A".repeat(9))).toMatchObject({ stop: true, reason: "ppr" });
    expect(verdictAfter({ rule: "ppr" }, "", { optionCount: 4 })).toEqual(goOn(10));
  });

  it("never stops before the e-process at the same δ", () => {
    for (const delta of [0.1, 0.05, 0.01]) {
      for (let runnerUp = 0; runnerUp < 60; runnerUp += 1) {
        const even = votes(runnerUp, runnerUp);
        const need = (rule: string) => verdictAfter({ rule, delta, answers: 2 }, even, { maxSamples: 1000 });
        const [e, ppr] = [need("e-process"), need("ppr")];
        if (e.stop || ppr.stop) throw new Error("stops on a tie");
        expect(e.need).toBeLessThanOrEqual(ppr.need);
      }
    }
  });
});
