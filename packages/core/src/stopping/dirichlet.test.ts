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

const rule = "dirichlet";

describe("dirichlet", () => {
  it("stops where the published value reaches the level", () => {
    // 8 : 2 : 1 : 1 is worth .95045, 6 : 2 : 2 .84424, 4 : 1 : 1 .81280.
    expect(verdictAfter({ rule }, votes(8, 2, 1, 1))).toEqual({
      stop: true,
      answer: "A",
      reason: "dirichlet",
      certificate: "heuristic",
    });
    expect(verdictAfter({ rule, level: 0.9505 }, votes(8, 2, 1, 1))).toEqual(goOn(1));
    expect(verdictAfter({ rule, level: 0.844 }, votes(6, 2, 2))).toMatchObject({ stop: true });
    expect(verdictAfter({ rule, level: 0.845 }, votes(6, 2, 2)).stop).toBe(false);
    expect(verdictAfter({ rule, level: 0.8128 }, votes(1, 4, 1))).toMatchObject({ stop: true, answer: "B" });
    expect(verdictAfter({ rule, level: 0.8129 }, votes(1, 4, 1)).stop).toBe(false);
  });

  it("is the Beta criterion below three answers", () => {
    for (let leader = 0; leader <= 14; leader += 1) {
      for (let runnerUp = 0; runnerUp <= leader; runnerUp += 1) {
        const expected = verdictAfter({ rule: "beta" }, votes(leader, runnerUp));
        const { stop } = verdictAfter({ rule }, votes(leader, runnerUp), { optionCount: 2 });
        expect(stop).toBe(expected.stop);
        if (!expected.stop) expect(verdictAfter({ rule }, votes(leader, runnerUp))).toEqual(expected);
      }
    }
  });

  it("counts the answers that a question lists, unless told to look at those seen", () => {
    // Over three answers 4 : 0 : 0 is worth .9416, over the one seen 31/32.
    const three = { optionCount: 3 };
    expect(verdictAfter({ rule }, "AAAA", three)).toEqual(goOn(1));
    expect(verdictAfter({ rule, level: 0.9416 }, "AAAA", three)).toMatchObject({ stop: true });
    expect(verdictAfter({ rule, answers: "seen" }, "AAAA", three)).toMatchObject({ stop: true });
    expect(verdictAfter({ rule, answers: 2 }, "AAAA", three)).toEqual(goOn(1));
    expect(verdictAfter({ rule, answers: 3 }, "AAAA")).toEqual(goOn(1));
    expect(verdictAfter({ rule, answers: 4, level: 0.9177 }, "AAAA")).toEqual(goOn(1));
    expect(verdictAfter({ rule, answers: 4, level: 0.9176 }, "AAAA")).toMatchObject({ stop: true });
  });

  it("counts more answers than were known when more are seen", () => {
    expect(verdictAfter({ rule, answers: 2, level: 0.9505 }, votes(8, 2, 1, 1))).toEqual(goOn(1));
  });

  it("needs no more than there are", () => {
    expect(verdictAfter({ rule }, votes(13, 12, 11))).toEqual(goOn(4));
    expect(verdictAfter({ rule }, votes(14, 13, 13))).toEqual(goOn(1));
  });

  it.each([{ level: 0.7 }, { level: 0.9 }, { level: 0.8, answers: 4 }])(
    "%j: no future stops before what it needs, and one does then",
    (parameters) => {
      for (const history of shortHistories(6)) {
        const moment = momentAfter({ rule, ...parameters }, history);
        const verdict = verdictOf(moment);
        if (verdict.stop) continue;
        const fewest = fewestToStop(moment, 4);
        if (fewest === undefined) expect(verdict.need).toBeGreaterThan(4);
        else expect([history, verdict.need]).toEqual([history, fewest]);
      }
    },
  );
});
