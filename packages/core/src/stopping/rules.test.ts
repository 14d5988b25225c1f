import { describe, expect, it } from "vitest";
import { Tally } from "../tally/tally.ts";
import { isSettled } from "./curtailed.ts";
import { buildRule, needsOf } from "./registry.ts";
import type { CountedSample, RuleContext, RuleSpec, Verdict } from "./rule.ts";
import { ruleSpecSchema } from "./spec.ts";

const context: RuleContext = { maxSamples: 40, weightRange: { min: 1, max: 1 }, weightsShift: false, calibrated: true };

/** Letters vote with weight 1, "-" abstains; a number after a letter is its confidence in tenths. */
function samples(text: string): CountedSample[] {
  return [...text.matchAll(/([A-Z-])(\d?)/g)].map(([, letter, digit]) =>
    letter === "-"
      ? { kind: "abstention" }
      : { kind: "vote", answer: letter!, weight: 1, ...(digit !== "" && { confidence: Number(digit) / 10 }) },
  );
}

function verdictAfter(spec: RuleSpec, text: string, options: Partial<RuleContext> = {}): Verdict {
  const rule = buildRule(ruleSpecSchema.parse(spec));
  const given = { ...context, ...options };
  let tally = Tally.empty();
  let state = rule.init(given);
  for (const sample of samples(text)) {
    tally = sample.kind === "vote" ? tally.add(sample.answer, sample.weight) : tally.abstain();
    state = rule.observe(state, sample, tally);
  }
  return rule.verdict(state, tally, given.maxSamples - tally.sampleCount);
}

const votes = (a: number, b: number, c = 0): string => "A".repeat(a) + "B".repeat(b) + "C".repeat(c);
const goOn = (need: number): Verdict => ({ stop: false, need });

/** Smallest v1 > v2 that stops, for v2 = 0…11: published boundaries, recomputed with exact arithmetic apart from this code. */
describe("beta", () => {
  it.each([
    [0.9, [3, 5, 6, 8, 9, 11, 12, 13, 15, 16, 17, 19]],
    [0.95, [4, 6, 8, 9, 11, 12, 14, 15, 17, 18, 19, 21]],
    [0.99, [6, 9, 11, 13, 14, 16, 18, 19, 21, 23, 24, 26]],
  ])("stops at level %d exactly on its boundary", (level, boundary) => {
    boundary.forEach((leader, runnerUp) => {
      const spec = { rule: "beta", level };
      expect(verdictAfter(spec, votes(leader, runnerUp))).toMatchObject({ stop: true, answer: "A" });
      expect(verdictAfter(spec, votes(leader - 1, runnerUp))).toEqual(goOn(1));
    });
  });

  it.each([
    [0, 0, 4],
    [1, 0, 3],
    [3, 0, 1],
    [1, 1, 5],
    [3, 1, 3],
    [2, 2, 6],
    [4, 3, 5],
    [5, 5, 7],
    [8, 6, 6],
    [10, 8, 7],
  ])("needs %i:%i → %i more", (leader, runnerUp, need) => {
    expect(verdictAfter({ rule: "beta" }, votes(leader, runnerUp))).toEqual(goOn(need));
  });

  it("needs no more than there are", () => {
    expect(verdictAfter({ rule: "beta" }, votes(14, 12, 9))).toEqual(goOn(5));
    expect(verdictAfter({ rule: "beta" }, votes(19, 18))).toEqual(goOn(3));
  });

  it("looks at votes and not at weights, and says that it promises nothing", () => {
    expect(verdictAfter({ rule: "beta" }, "AA-AA")).toEqual({
      stop: true,
      answer: "A",
      reason: "beta",
      certificate: "heuristic",
    });
  });
});

describe("lead", () => {
  it.each([
    ["", goOn(3)],
    ["AA", goOn(1)],
    ["AAB", goOn(2)],
    ["ABCC", goOn(2)],
    ["AA-", goOn(1)],
  ])("after %j goes on", (text, verdict) => expect(verdictAfter({ rule: "lead" }, text)).toEqual(verdict));

  it("stops at the margin", () => {
    expect(verdictAfter({ rule: "lead" }, "ABAAA")).toMatchObject({ stop: true, answer: "A", reason: "lead" });
    expect(verdictAfter({ rule: "lead", margin: 1 }, "B")).toMatchObject({ stop: true, answer: "B" });
  });
});

describe("window", () => {
  it.each([
    ["", goOn(5)],
    ["AAA", goOn(2)],
    ["AAB", goOn(7)],
    ["AABAA", goOn(5)],
    ["AABAAA", goOn(4)],
    ["AAAA-", goOn(5)],
    ["-", goOn(9)],
  ])("after %j goes on", (text, verdict) => expect(verdictAfter({ rule: "window" }, text)).toEqual(verdict));

  it("returns the window's answer and not the leader", () => {
    expect(verdictAfter({ rule: "window" }, `${"AAAAB".repeat(2)}BBBBB`)).toMatchObject({ stop: true, answer: "B" });
  });

  it("does not let windows overlap", () => {
    expect(verdictAfter({ rule: "window" }, "BAAAAA")).toEqual(goOn(4));
  });

  it("never stops on a window of abstentions", () => {
    expect(verdictAfter({ rule: "window", size: 2 }, "--")).toEqual(goOn(2));
  });
});

describe("threshold", () => {
  it("stops at the first confidence that reaches the level, at the level too", () => {
    expect(verdictAfter({ rule: "threshold", level: 0.8 }, "A7B8A9")).toEqual({
      stop: true,
      answer: "B",
      confidence: 0.8,
      reason: "threshold",
      certificate: "heuristic",
    });
  });

  it("goes on one at a time below it, and without confidence", () => {
    expect(verdictAfter({ rule: "threshold" }, "")).toEqual(goOn(1));
    expect(verdictAfter({ rule: "threshold" }, "A8AA-")).toEqual(goOn(1));
  });
});

describe("gate", () => {
  it("lets the first sample decide, and only the first", () => {
    expect(verdictAfter({ rule: "gate", level: 0.9 }, "A9")).toMatchObject({
      stop: true,
      answer: "A",
      confidence: 0.9,
    });
    expect(verdictAfter({ rule: "gate", level: 0.9 }, "A8B9")).toEqual(goOn(38));
    expect(verdictAfter({ rule: "gate", level: 0.9 }, "-B9")).toEqual(goOn(38));
  });

  it("asks for one sample when calibrated and stays out of the way when not", () => {
    expect(verdictAfter({ rule: "gate" }, "")).toEqual(goOn(1));
    expect(verdictAfter({ rule: "gate" }, "", { calibrated: false })).toEqual(goOn(40));
    expect(verdictAfter({ rule: "gate", level: 0.5 }, "A9", { calibrated: false })).toEqual(goOn(39));
  });
});

describe("share", () => {
  it("stops at the share, from the least number of votes on", () => {
    const spec = { rule: "share", level: 0.75, minVotes: 2 };
    expect(verdictAfter(spec, "A")).toEqual(goOn(1));
    expect(verdictAfter(spec, "AA")).toMatchObject({ stop: true, answer: "A", reason: "share" });
    expect(verdictAfter(spec, "AAB")).toEqual(goOn(1));
    expect(verdictAfter(spec, "AAAB")).toMatchObject({ stop: true, answer: "A" });
    expect(verdictAfter(spec, "ABB")).toEqual(goOn(1));
    expect(verdictAfter(spec, "ABAB")).toEqual(goOn(4));
  });

  it("asks one at a time while weights shift, and for what it needs once they are settled", () => {
    const spec = { rule: "share", level: 0.75, minVotes: 4 };
    const shifting = { weightsShift: true, weightRange: { min: 0, max: Number.POSITIVE_INFINITY } };
    expect(verdictAfter(spec, "", shifting)).toEqual(goOn(4));
    expect(verdictAfter(spec, "ABAB", shifting)).toEqual(goOn(1));
    const settling = { weightsShift: true, weightRange: { min: 0, max: 1 }, weightsSettleAt: 5 };
    expect(verdictAfter(spec, "ABAB", settling)).toEqual(goOn(1));
    // 3 of 6 votes: 6 more for the leader make 9 of 12.
    expect(verdictAfter(spec, "ABABAB", settling)).toEqual(goOn(6));
  });

  it("needs all that are left when no vote can weigh anything", () => {
    expect(verdictAfter({ rule: "share" }, "", { weightRange: { min: 0, max: 0 } })).toEqual(goOn(40));
  });

  it("of 1 needs all votes", () => {
    const spec = { rule: "share", level: 1, minVotes: 3 };
    expect(verdictAfter(spec, "AA")).toEqual(goOn(1));
    expect(verdictAfter(spec, "AAA")).toMatchObject({ stop: true });
    expect(verdictAfter(spec, "AB")).toEqual(goOn(38));
  });

  it("waits for minVotes even when nothing has voted", () => {
    expect(verdictAfter({ rule: "share", minVotes: 3 }, "")).toEqual(goOn(3));
    expect(verdictAfter({ rule: "share", minVotes: 3 }, "--")).toEqual(goOn(3));
  });
});

describe("fixed", () => {
  it("draws every sample", () => {
    expect(verdictAfter({ rule: "fixed" }, "AAAA")).toEqual(goOn(36));
    expect(verdictAfter({ rule: "fixed" }, "ABBA", { maxSamples: 4 })).toEqual({
      stop: true,
      answer: "A",
      reason: "fixed",
      certificate: "curtailed",
    });
  });

  it("leaves a question without votes to the reducer", () => {
    expect(verdictAfter({ rule: "fixed" }, "--", { maxSamples: 2 }).stop).toBe(false);
  });

  it("best: the most confident sample, the earliest on ties", () => {
    const spec = { rule: "fixed", choose: "best" };
    expect(verdictAfter(spec, "A3B9C9A8", { maxSamples: 4 })).toMatchObject({
      stop: true,
      answer: "B",
      confidence: 0.9,
    });
    expect(verdictAfter(spec, "AAB", { maxSamples: 3 })).toMatchObject({ stop: true, answer: "A" });
    expect(verdictAfter(spec, "A9", { maxSamples: 3 })).toEqual(goOn(2));
  });
});

describe("curtailed", () => {
  it.each([
    [20, 0, 20, false, true],
    [21, 0, 19, true, true],
    [20, 1, 19, false, true],
    [21, 1, 18, true, true],
    [15, 2, 13, false, true],
    [15, 2, 12, true, true],
    [18, 17, 1, false, true],
    [19, 18, 0, true, true],
    [14, 9, 5, false, true],
    [15, 9, 5, true, true],
  ])("%i:%i with %i left: ties lost %s, ties won %s", (leader, runnerUp, left, strict, tieSafe) => {
    const top = (leaderIsFirst: boolean) => ({
      leader: { id: leaderIsFirst ? 0 : 1, answer: "A", count: leader, weight: leader },
      runnerUp: { id: leaderIsFirst ? 1 : 0, answer: "B", count: runnerUp, weight: runnerUp },
    });
    expect(isSettled(top(true), left)).toBe(tieSafe);
    expect(isSettled(top(false), left)).toBe(strict);
  });

  it("stops as soon as the rest cannot matter, abstentions counted as used", () => {
    expect(verdictAfter({ rule: "curtailed" }, votes(2, 0), { maxSamples: 4 })).toMatchObject({
      stop: true,
      answer: "A",
      certificate: "curtailed",
    });
    expect(verdictAfter({ rule: "curtailed" }, "A-", { maxSamples: 3 })).toMatchObject({ stop: true });
    expect(verdictAfter({ rule: "curtailed" }, "BAA", { maxSamples: 4 })).toEqual(goOn(1));
    expect(verdictAfter({ rule: "curtailed" }, "", { maxSamples: 40 })).toEqual(goOn(20));
  });

  it("waits until weights are settled, for ever where they never are", () => {
    const shifting = { weightsShift: true, weightRange: { min: 0, max: 1 } };
    expect(verdictAfter({ rule: "curtailed" }, "A-", { ...shifting, maxSamples: 9 })).toEqual(goOn(7));
    expect(verdictAfter({ rule: "curtailed" }, "A-", { ...shifting, weightsSettleAt: 5 })).toEqual(goOn(4));
    const settled = { ...shifting, weightsSettleAt: 5, maxSamples: 9 };
    expect(verdictAfter({ rule: "curtailed" }, "AAAA-", settled)).toEqual(goOn(1));
    expect(verdictAfter({ rule: "curtailed" }, "AAAA-A", settled)).toMatchObject({ stop: true, answer: "A" });
  });

  it("has nothing to wait for in small waves when no vote can weigh anything", () => {
    expect(verdictAfter({ rule: "curtailed" }, "AB", { weightRange: { min: 0, max: 0 } })).toEqual(goOn(38));
  });

  it("fears the largest weight there can be", () => {
    expect(verdictAfter({ rule: "curtailed" }, "AA", { maxSamples: 4, weightRange: { min: 0, max: 3 } }).stop).toBe(
      false,
    );
    expect(verdictAfter({ rule: "curtailed" }, "AAA", { maxSamples: 4, weightRange: { min: -4, max: 3 } }).stop).toBe(
      false,
    );
    expect(verdictAfter({ rule: "curtailed" }, "AAAAA", { maxSamples: 6, weightRange: { min: -4, max: 3 } }).stop).toBe(
      true,
    );
  });
});

describe("any and all", () => {
  const [beta, lead, curtailed] = [{ rule: "beta" }, { rule: "lead", margin: 2 }, { rule: "curtailed" }];

  it("any: the least need, and the strongest certificate speaks", () => {
    expect(verdictAfter({ rule: "any", rules: [beta, lead] }, "A")).toEqual(goOn(1));
    expect(verdictAfter({ rule: "any", rules: [beta, curtailed] }, "AAAA", { maxSamples: 6 })).toMatchObject({
      reason: "curtailed",
      certificate: "curtailed",
    });
    expect(verdictAfter({ rule: "any", rules: [beta, lead] }, "AAAA")).toMatchObject({ reason: "beta" });
  });

  it("all: the greatest need, and only the weakest certificate is promised", () => {
    expect(verdictAfter({ rule: "all", rules: [beta, lead] }, "A")).toEqual(goOn(3));
    expect(verdictAfter({ rule: "all", rules: [curtailed, beta] }, "AAAA", { maxSamples: 6 })).toMatchObject({
      reason: "beta",
      certificate: "heuristic",
    });
  });

  it("all: goes on when its rules stop on different answers", () => {
    const rules = [
      { rule: "threshold", level: 0.5 },
      { rule: "lead", margin: 1 },
    ];
    expect(verdictAfter({ rule: "all", rules }, "A9B1B1")).toEqual(goOn(1));
    expect(verdictAfter({ rule: "all", rules }, "A9A1B1")).toMatchObject({ stop: true, answer: "A" });
  });
});

describe("first-pair", () => {
  const spec = { rule: "first-pair" };

  it("stops when the first two samples agree, and only these", () => {
    expect(verdictAfter(spec, "")).toEqual(goOn(2));
    expect(verdictAfter(spec, "A")).toEqual(goOn(1));
    expect(verdictAfter(spec, "AA")).toEqual({
      stop: true,
      answer: "A",
      reason: "first-pair",
      certificate: "heuristic",
    });
    expect(verdictAfter(spec, "ABB")).toEqual(verdictAfter({ rule: "beta" }, "ABB"));
  });

  it("hands over all that was counted when they differ or one abstains", () => {
    expect(verdictAfter(spec, "AB")).toEqual(goOn(5));
    expect(verdictAfter(spec, "-A")).toEqual(goOn(3));
    expect(verdictAfter(spec, "A-")).toEqual(goOn(3));
    expect(verdictAfter(spec, "--")).toEqual(goOn(4));
    expect(verdictAfter(spec, "A-AAA")).toMatchObject({ stop: true, answer: "A", reason: "beta" });
    expect(verdictAfter({ ...spec, otherwise: { rule: "window", size: 2 } }, "ABCC")).toMatchObject({ answer: "C" });
  });

  it("does not let its second rule decide before the pair is complete", () => {
    const otherwise = { rule: "threshold", level: 0.5 };
    expect(verdictAfter({ ...spec, otherwise }, "A9")).toEqual(goOn(1));
    expect(verdictAfter({ ...spec, otherwise }, "A9B1")).toMatchObject({
      stop: true,
      answer: "A",
      reason: "threshold",
    });
    expect(verdictAfter({ ...spec, otherwise }, "B1A9A1")).toMatchObject({ stop: true, answer: "A" });
  });
});

describe("a rule in a policy", () => {
  it("gets its defaults", () => {
    expect(ruleSpecSchema.parse({ rule: "any", rules: [{ rule: "beta" }] })).toEqual({
      rule: "any",
      rules: [{ rule: "beta", level: 0.95 }],
    });
  });

  it.each([
    [{ rule: "bogus" }, /known: all, any, asc-d, bayes-l3/],
    [{ rule: "beta", level: 0.5 }, /0.5/],
    [{ rule: "beta", level: 1 }, /1/],
    [{ rule: "beta", levle: 0.9 }, /levle/],
    [{ rule: "any", rules: [] }, /1/],
    [{ rule: "any", rules: [{ rule: "lead", margin: 0 }] }, /1/],
    [{ rule: "window", size: 1 }, /2/],
    [{ rule: "share", level: 1.01 }, /1/],
    [{ rule: "share", minVotes: 0 }, /1/],
    [{ rule: "threshold", level: 0 }, /0/],
    [{ rule: "threshold", level: 1 }, /1/],
    [{ rule: "gate", level: 1 }, /1/],
    [{ rule: "gate", level: 0 }, /0/],
  ])("refuses %j", (spec, message) => {
    expect(ruleSpecSchema.safeParse(spec).error?.issues[0]?.message).toMatch(message);
  });

  it("says what it needs, through all that it combines", () => {
    const needs = (spec: RuleSpec) => [...needsOf(ruleSpecSchema.parse(spec))].sort();
    expect(needs({ rule: "beta" })).toEqual([]);
    expect(needs({ rule: "fixed", choose: "best" })).toEqual(["confidence"]);
    expect(needs({ rule: "all", rules: [{ rule: "threshold" }, { rule: "share" }] })).toEqual([
      "confidence",
      "non-negative weights",
    ]);
  });
});
