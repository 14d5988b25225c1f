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

const rule = "majority";

describe("majority", () => {
  it("stops at the share, from two votes on", () => {
    expect(verdictAfter({ rule }, "A")).toEqual(goOn(1));
    expect(verdictAfter({ rule }, "A-")).toEqual(goOn(1));
    expect(verdictAfter({ rule }, "AA")).toEqual({
      stop: true,
      answer: "A",
      reason: "majority",
      certificate: "heuristic",
    });
    expect(verdictAfter({ rule }, "BAAA")).toEqual(goOn(1));
    expect(verdictAfter({ rule }, "BAAAA")).toMatchObject({ stop: true, answer: "A" });
    expect(verdictAfter({ rule }, votes(7, 2))).toEqual(goOn(1));
    expect(verdictAfter({ rule }, votes(8, 2))).toMatchObject({ stop: true });
  });

  it("counts votes, whatever their weights", () => {
    const { rule: built, state, tally } = momentAfter({ rule }, "B");
    const light = tally.add("A", 0.1).add("A", 0.1).add("A", 0.1).add("A", 0.1);
    expect(built.verdict(state, light, 35)).toMatchObject({ stop: true, answer: "A" });
  });

  it("needs the votes that would make up for the others", () => {
    expect(verdictAfter({ rule }, "")).toEqual(goOn(2));
    expect(verdictAfter({ rule, minVotes: 1 }, "")).toEqual(goOn(1));
    expect(verdictAfter({ rule }, "AB")).toEqual(goOn(3));
    expect(verdictAfter({ rule, level: 0.9 }, votes(3, 3))).toEqual(goOn(24));
    expect(verdictAfter({ rule, level: 0.9 }, votes(6, 6))).toEqual(goOn(28));
    expect(verdictAfter({ rule, level: 1 }, "AB")).toEqual(goOn(38));
    expect(verdictAfter({ rule, level: 1, minVotes: 6 }, "AA")).toEqual(goOn(4));
  });

  it.each([{ level: 0.6, minVotes: 1 }, { level: 0.8 }, { level: 0.7, minVotes: 4 }])(
    "%j: no future stops before what it needs, and one does then",
    (parameters) => {
      for (const history of shortHistories(6)) {
        const moment = momentAfter({ rule, ...parameters }, history);
        const verdict = verdictOf(moment);
        if (verdict.stop) continue;
        const fewest = fewestToStop(moment, 5);
        if (fewest === undefined) expect(verdict.need).toBeGreaterThan(5);
        else expect([history, verdict.need]).toEqual([history, fewest]);
      }
    },
  );
});
