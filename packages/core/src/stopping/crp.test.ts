import { describe, expect, it } from "vitest";
import { fewestToStop, goOn, momentAfter, shortHistories, verdictAfter, verdictOf } from "./__fixtures__/verdicts.ts";

const rule = "crp";

describe("crp", () => {
  it.each([
    ["AAA", 40, 0.98189005],
    ["AAAA", 40, 0.99422619],
    ["AAAB", 12, 0.92980791],
    ["AABB", 12, 0.55033284],
    ["AAAAAAB", 40, 0.99062524],
    ["AAAAABBC", 20, 0.94612839],
  ])("after %s of %i is worth the published value", (letters, maxSamples, value) => {
    const at = (level: number) => verdictAfter({ rule, level }, letters, { maxSamples });
    expect(at(value - 1e-7)).toMatchObject({ stop: true, answer: "A" });
    expect(at(value + 1e-7).stop).toBe(false);
  });

  it("looks ahead to the full vote, or to the horizon that it is given", () => {
    expect(verdictAfter({ rule, level: 0.93 }, "AAAB", { maxSamples: 12 }).stop).toBe(false);
    expect(verdictAfter({ rule, level: 0.92980792 }, "AAAB", { maxSamples: 12 }).stop).toBe(false);
    expect(verdictAfter({ rule, level: 0.9298079, horizon: 12 }, "AAAB")).toMatchObject({ stop: true });
    expect(verdictAfter({ rule, level: 0.92980792, horizon: 12 }, "AAAB").stop).toBe(false);
    expect(verdictAfter({ rule, level: 0.999, horizon: 4 }, "ABBC")).toMatchObject({ stop: true, answer: "B" });
    expect(verdictAfter({ rule, level: 0.999, horizon: 3 }, "ABBC")).toMatchObject({ stop: true, answer: "B" });
  });

  it("counts an abstention as a sample that is gone", () => {
    expect(verdictAfter({ rule, level: 0.9298079 }, "AA--AB", { maxSamples: 14 })).toMatchObject({ stop: true });
    expect(verdictAfter({ rule, level: 0.92980792 }, "AA--AB", { maxSamples: 14 }).stop).toBe(false);
  });

  it("tells the order of the answers, since a tie goes to the first seen", () => {
    const after = (letters: string, level: number) => verdictAfter({ rule, level }, letters, { maxSamples: 12 }).stop;
    expect(after("AAAB", 0.9298)).toBe(true);
    expect(after("BAAA", 0.9298)).toBe(false);
  });

  it("is predictive about the full vote by count, and about nothing else", () => {
    const stopped = (certificate: string) => ({ stop: true, answer: "A", reason: rule, certificate });
    expect(verdictAfter({ rule }, "AAAA")).toEqual(stopped("predictive"));
    expect(verdictAfter({ rule, horizon: 40 }, "AAAA")).toEqual(stopped("predictive"));
    expect(verdictAfter({ rule, horizon: 20 }, "AAAA")).toEqual(stopped("heuristic"));
    expect(verdictAfter({ rule }, "AAAA", { weightRange: { min: 0, max: 1 } })).toEqual(stopped("heuristic"));
    expect(verdictAfter({ rule }, "AAAA", { weightsShift: true })).toEqual(stopped("heuristic"));
    expect(verdictAfter({ rule }, "AAAAAA", { maxSamples: 200 })).toEqual(stopped("heuristic"));
  });

  it("asks for a few samples at most, and for fewer the further it looks", () => {
    expect(verdictAfter({ rule, level: 0.9999 }, "AB")).toEqual(goOn(6));
    expect(verdictAfter({ rule, level: 0.9999 }, "AB", { maxSamples: 80 })).toEqual(goOn(3));
    expect(verdictAfter({ rule, level: 0.9999 }, "AB", { maxSamples: 5 })).toEqual(goOn(2));
  });

  it.each([
    { level: 0.8, maxSamples: 12 },
    { level: 0.95, maxSamples: 12 },
    { level: 0.6, maxSamples: 30 },
  ])("%j: no future stops before what it needs, and one does then", ({ level, maxSamples }) => {
    for (const history of shortHistories(5)) {
      const moment = momentAfter({ rule, level }, history, { maxSamples });
      const verdict = verdictOf(moment);
      if (verdict.stop) continue;
      const fewest = fewestToStop(moment, 4);
      if (fewest === undefined) expect(verdict.need).toBeGreaterThan(4);
      else expect([history, verdict.need]).toEqual([history, fewest]);
    }
  });
});
