import { describe, expect, it } from "vitest";
import { Tally } from "../tally/tally.ts";
import { buildRule, needsOf } from "./registry.ts";
import type { CountedSample, Verdict } from "./rule.ts";
import { ruleSpecSchema } from "./spec.ts";

const context = { maxSamples: 9, weightRange: { min: 1, max: 1 }, weightsShift: false, calibrated: true };

function verdictAfter(bands: object[], text: string, maxSamples = 9): Verdict {
  const rule = buildRule(ruleSpecSchema.parse({ rule: "learned", bands }));
  let tally = Tally.empty();
  let state = rule.init(context);
  for (const [, letter, digit] of text.matchAll(/([A-Z-])(\d?)/g)) {
    const sample: CountedSample =
      letter === "-"
        ? { kind: "abstention" }
        : { kind: "vote", answer: letter!, weight: 1, ...(digit !== "" && { confidence: Number(digit) / 10 }) };
    tally = sample.kind === "vote" ? tally.add(sample.answer, sample.weight) : tally.abstain();
    state = rule.observe(state, sample, tally);
  }
  return rule.verdict(state, tally, maxSamples - tally.sampleCount);
}

const goOn = (need: number): Verdict => ({ stop: false, need });
/** Three votes to none; from the fifth sample on four to one; from the sixth three to one and four to two. */
const one = [{ minConfidence: 0, leaderVotes: [[], [], [3], [3], [3, 4], [3, 3, 4]] }];
const two = [
  { minConfidence: 0, leaderVotes: [[], [], [3], [3, 4]] },
  { minConfidence: 0.8, leaderVotes: [[], [2], [2], [2, 3, 4]] },
];

describe("learned", () => {
  it.each([
    ["AAA", "A"],
    ["ABBBB", "B"],
    ["AAA-", "A"],
    ["ABCAA-", "A"],
    ["ABABAA", "A"],
  ])("stops after %j", (text, answer) => {
    expect(verdictAfter(one, text)).toEqual({ stop: true, answer, reason: "learned", certificate: "heuristic" });
  });

  it.each([
    ["", 3],
    ["AA", 1],
    ["AB", 3],
    ["AAAB", 1],
    ["AABB", 2],
    ["ABABC", 2],
    ["ABABAB", 3],
    ["ABABABCC", 1],
  ])("goes on after %j, for %i at least", (text, need) => {
    expect(verdictAfter(one, text)).toEqual(goOn(need));
  });

  it("never stops where the table has no entry", () => {
    expect(verdictAfter([{ minConfidence: 0, leaderVotes: [[]] }], "AAAA")).toEqual(goOn(5));
    expect(verdictAfter(one, "ABCABCABC".slice(0, 8))).toEqual(goOn(1));
  });

  it("reads the mean confidence of the votes, and without one stays with the first band", () => {
    expect(verdictAfter(two, "A9A7")).toMatchObject({ stop: true });
    expect(verdictAfter(two, "A9A6")).toEqual(goOn(1));
    expect(verdictAfter(two, "AA9")).toMatchObject({ stop: true });
    expect(verdictAfter(two, "AA")).toEqual(goOn(1));
  });

  it("claims no more than the most confident votes could make true", () => {
    expect(verdictAfter(two, "A1")).toEqual(goOn(1));
    expect(verdictAfter(two, "A1B1")).toEqual(goOn(2));
  });

  it("needs a confidence only where it has bands of it", () => {
    expect(needsOf(ruleSpecSchema.parse({ rule: "learned", bands: one }))).toEqual(new Set());
    expect(needsOf(ruleSpecSchema.parse({ rule: "learned", bands: two }))).toEqual(new Set(["confidence"]));
  });

  it.each([
    [[], /Too small/],
    [[{ minConfidence: 0.1, leaderVotes: [[1]] }], /begin at a confidence of 0/],
    [[{ minConfidence: 0, leaderVotes: [] }], /1/],
    [[{ minConfidence: 0, leaderVotes: [[], [0]] }], /1/],
    [[{ minConfidence: 0, leaderVotes: [[], [], [3, 2]] }], /must not fall/],
    [[...two].reverse().map((band, i) => ({ ...band, minConfidence: i / 2 })), /must not need more/],
    [[...one, { minConfidence: 0.5, leaderVotes: [[], [], [3], [3], [3]] }], /must not need more/],
    [[...one, ...one], /in order/],
  ])("refuses bands %j", (bands, message) => {
    expect(ruleSpecSchema.safeParse({ rule: "learned", bands }).error?.issues[0]?.message).toMatch(message);
  });
});
