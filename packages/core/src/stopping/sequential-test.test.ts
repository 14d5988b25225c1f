import { describe, expect, it } from "vitest";
import {
  fewestToStop,
  goOn,
  momentAfter,
  observe,
  shortHistories,
  verdictAfter,
  verdictOf,
  votes,
} from "./__fixtures__/verdicts.ts";
import { ruleSpecSchema } from "./spec.ts";

describe("sprt and msprt as released", () => {
  it.each([
    ["sprt", [] as number[]],
    ["msprt", [127, 128]],
  ])("%s: stops on every pair of counts up to 256 votes where the lead is three, and on ties of %j", (rule, ties) => {
    const wrong: string[] = [];
    let level = momentAfter({ rule }, "", { maxSamples: 1000 });
    for (let runnerUp = 0; 2 * runnerUp <= 256; runnerUp += 1) {
      let moment = level;
      for (let leader = runnerUp; leader + runnerUp <= 256; leader += 1) {
        const lead = leader - runnerUp;
        const expected = lead >= 3 || (lead === 0 && ties.includes(runnerUp));
        if (verdictOf(moment).stop !== expected) wrong.push(`${leader} : ${runnerUp}`);
        moment = observe(moment, "A");
      }
      level = observe(observe(level, "A"), "B");
    }
    expect(wrong).toEqual([]);
    expect(level.tally.counts()).toEqual([129, 129]);
  });

  it.each(["sprt", "msprt"])("%s needs what makes the lead three", (rule) => {
    expect(verdictAfter({ rule }, "")).toEqual(goOn(3));
    expect(verdictAfter({ rule }, "AAB")).toEqual(goOn(2));
    expect(verdictAfter({ rule }, "ABC-AA")).toEqual(goOn(1));
    expect(verdictAfter({ rule }, "AAA")).toEqual({ stop: true, answer: "A", reason: rule, certificate: "heuristic" });
  });

  it("stops with the leader when it accepts that there is no difference", () => {
    // 3 log(4 · .7 · .3) is the first below log(.5/.8).
    const spec = { rule: "sprt", p1: 0.7, alpha: 0.2, beta: 0.5 };
    expect(verdictAfter(spec, "BABA").stop).toBe(false);
    expect(verdictAfter(spec, "BABABA")).toMatchObject({ stop: true, answer: "B" });
  });
});

describe("sprt as intended", () => {
  const spec = { rule: "sprt", form: "intended" };

  it("stops on Wald's boundary, (log 19 + v₂ log 2)/log 1.5", () => {
    for (const [runnerUp, leader] of [8, 9, 11, 13, 15, 16, 18, 20, 21].entries()) {
      expect(verdictAfter(spec, votes(leader, runnerUp))).toMatchObject({ stop: true, answer: "A" });
      expect(verdictAfter(spec, votes(leader - 1, runnerUp))).toEqual(goOn(1));
    }
    expect(verdictAfter(spec, "")).toEqual(goOn(8));
  });

  it("leaves the question to the full vote once it has accepted that there is no difference", () => {
    const even = "AB".repeat(11);
    expect(verdictAfter(spec, even.slice(0, -1))).toEqual(goOn(14));
    expect(verdictAfter(spec, even)).toEqual(goOn(18));
    expect(verdictAfter(spec, even + "A".repeat(60), { maxSamples: 100 })).toEqual(goOn(18));
    // The same votes in another order end the test with a leader.
    expect(verdictAfter(spec, votes(71, 11), { maxSamples: 100 })).toMatchObject({ stop: true });
  });
});

describe("msprt as intended", () => {
  it("with the arcsine prior is the e-process of the pair: the published boundary for δ = .05", () => {
    const spec = { rule: "msprt", form: "intended", prior: 0.5 };
    for (const [runnerUp, leader] of [6, 10, 12, 15, 17, 19, 21, 23, 25, 27, 28, 30].entries()) {
      expect(verdictAfter(spec, votes(leader, runnerUp), { maxSamples: 50 })).toMatchObject({ stop: true });
      expect(verdictAfter(spec, votes(leader - 1, runnerUp), { maxSamples: 50 })).toEqual(goOn(1));
    }
  });

  it("needs seven unanimous votes, and never accepts that there is no difference", () => {
    const spec = { rule: "msprt", form: "intended" };
    expect(verdictAfter(spec, "")).toEqual(goOn(7));
    expect(verdictAfter(spec, "A".repeat(7))).toMatchObject({ stop: true, reason: "msprt" });
    const even = momentAfter(spec, "AB".repeat(200), { maxSamples: 1000 });
    expect(verdictOf(even).stop).toBe(false);
    expect(verdictOf([..."A".repeat(200)].reduce(observe, even))).toMatchObject({ stop: true, answer: "A" });
  });
});

describe.each([
  { rule: "sprt", p1: 0.7, alpha: 0.2, beta: 0.5 },
  { rule: "sprt", form: "intended", p1: 0.9, alpha: 0.2, beta: 0.4 },
  { rule: "msprt", prior: 2, alpha: 0.2, beta: 0.6 },
  { rule: "msprt", form: "intended", prior: 2, alpha: 0.3, beta: 0.6 },
])("%j", (spec) => {
  it("no future stops before what it needs, and one does then", () => {
    for (const history of shortHistories(6)) {
      const moment = momentAfter(spec, history);
      const verdict = verdictOf(moment);
      if (verdict.stop || moment.state === "no difference") continue;
      const fewest = fewestToStop(moment, 5);
      if (fewest === undefined) expect(verdict.need).toBeGreaterThan(5);
      else expect([history, verdict.need]).toEqual([history, fewest]);
    }
  });
});

describe("the parameters of a sequential test", () => {
  it("get the defaults of their form", () => {
    expect(ruleSpecSchema.parse({ rule: "sprt" })).toEqual({
      rule: "sprt",
      form: "released",
      p1: 0.5001,
      alpha: 0.05,
      beta: 1 - 0.05 - 2.4e-5,
    });
    expect(ruleSpecSchema.parse({ rule: "sprt", form: "intended", alpha: 0.01 })).toEqual({
      rule: "sprt",
      form: "intended",
      p1: 0.75,
      alpha: 0.01,
      beta: 0.05,
    });
    expect(ruleSpecSchema.parse({ rule: "msprt" })).toMatchObject({ prior: 1e6, alpha: 0.05, beta: 1 - 0.05 - 6e-5 });
    expect(ruleSpecSchema.parse({ rule: "msprt", form: "intended" })).toMatchObject({ prior: 1, beta: 0 });
  });

  it.each([
    [{ rule: "sprt", form: "intended", alpha: 0.5, beta: 0.5 }, /less than 1 together/],
    [{ rule: "msprt", alpha: 0.06 }, /less than 1 together/],
    [{ rule: "sprt", p1: 0.5 }, /0.5/],
    [{ rule: "sprt", prior: 1 }, /prior/],
    [{ rule: "msprt", prior: 0 }, /0.01/],
    [{ rule: "msprt", form: "meant" }, /released/],
  ])("refuse %j", (spec, message) => {
    expect(ruleSpecSchema.safeParse(spec).error?.issues[0]?.message).toMatch(message);
  });
});
