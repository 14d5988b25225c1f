import { describe, expect, it } from "vitest";
import {
  fewestToStop,
  goOn,
  momentAfter,
  shortHistories,
  verdictAfter,
  verdictOf,
  votes,
} from "./__fixtures__/verdicts.ts";

const rule = "entropy";

describe("entropy", () => {
  it.each([
    [[2], 0.918295834054],
    [[3], 0.811278124459],
    [[4], 0.721928094887],
    [[5], 0.650022421648],
    [[2, 1], 0.918295834054],
    [[4, 1], 0.721928094887],
    [[4, 2], 0.918295834054],
    [[6, 2], 0.811278124459],
    [[9, 2], 0.684038435639],
    [[5, 2, 1], 0.819448371873],
    [[10, 2, 1], 0.625418115624],
  ])("of %j is the published value", (counts, value) => {
    expect(verdictAfter({ rule, level: value + 1e-9 }, votes(...counts))).toMatchObject({ stop: true, answer: "A" });
    expect(verdictAfter({ rule, level: value - 1e-9 }, votes(...counts)).stop).toBe(false);
    expect(verdictAfter({ rule }, votes(...counts)).stop).toBe(value <= 0.75);
  });

  it("takes a new answer for progress, since the scale grows faster than the entropy", () => {
    expect(verdictAfter({ rule }, votes(9, 3))).toEqual(goOn(1));
    expect(verdictAfter({ rule }, `${votes(9, 3)}C`)).toEqual({
      stop: true,
      answer: "A",
      reason: "entropy",
      certificate: "heuristic",
    });
  });

  it("needs four before the first vote, three after it, and no more than there are", () => {
    expect(verdictAfter({ rule }, "")).toEqual(goOn(4));
    expect(verdictAfter({ rule }, "--")).toEqual(goOn(4));
    expect(verdictAfter({ rule }, "A")).toEqual(goOn(3));
    expect(verdictAfter({ rule, level: 0.2 }, "", { maxSamples: 5 })).toEqual(goOn(5));
    expect(verdictAfter({ rule, level: 0.2 }, "AB", { maxSamples: 5 })).toEqual(goOn(3));
  });

  it.each([0.6, 0.75, 0.85])("at level %d: no future stops before what it needs, and one does then", (level) => {
    for (const history of shortHistories(6)) {
      const moment = momentAfter({ rule, level }, history);
      const verdict = verdictOf(moment);
      if (verdict.stop) continue;
      const fewest = fewestToStop(moment, 5);
      if (fewest === undefined) expect(verdict.need).toBeGreaterThan(5);
      else expect([history, verdict.need]).toEqual([history, fewest]);
    }
  });
});
