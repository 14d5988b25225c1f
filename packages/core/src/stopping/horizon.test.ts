import { describe, expect, it } from "vitest";
import { probabilityToKeepLead } from "../numerics/predictive.ts";
import { goOn, shortestWay, verdictAfter, votes } from "./__fixtures__/streams.ts";

/** Smallest v1 > v2 that stops with a full vote of 40, for v2 = 0, 1, …: computed apart from this code. */
const boundaries = [
  ["kept", 2, 0, 0.975, [4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 17, 18, 19, 19, 20, 20, 20, 20]],
  ["kept", 2, 0, 0.99, [5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 17, 18, 19, 19, 20, 20, 20, 20, 20]],
  ["lost", 2, 0, 0.975, [5, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21, 21, 21, 21]],
  ["lost", 2, 0, 0.99, [6, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21, 21, 21, 21, 21]],
  ["lost", 3, 0, 0.975, [4, 6, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 18, 19, 20, 20, 21, 21, 21, 21]],
  ["lost", 3, 0, 0.99, [6, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21, 21, 21, 21, 21]],
  ["kept", 2, 5, 0.975, [4, 6, 8, 9, 10, 11, 12, 13, 14, 15]],
  ["kept", 2, 5, 0.99, [5, 7, 9, 10, 11, 12, 13, 14, 15, 16]],
  ["lost", 2, 5, 0.975, [4, 6, 8, 9, 10, 11, 12, 13, 14, 15]],
  ["lost", 2, 5, 0.99, [5, 7, 9, 10, 11, 12, 13, 14, 15, 16]],
  ["lost", 3, 5, 0.975, [4, 6, 8, 9, 10, 11, 12, 13, 14, 15]],
  ["lost", 3, 5, 0.99, [5, 7, 9, 10, 11, 12, 13, 14, 15, 16]],
  ["kept", 2, 10, 0.975, [4, 6, 7, 8, 9, 10, 11, 12, 13, 13]],
  ["kept", 2, 10, 0.99, [5, 7, 8, 9, 10, 11, 12, 13, 14, 14]],
  ["lost", 2, 10, 0.975, [5, 6, 8, 9, 10, 11, 12, 13, 14, 15]],
  ["lost", 2, 10, 0.99, [6, 8, 9, 10, 11, 12, 13, 14, 15, 15]],
  ["lost", 3, 10, 0.975, [4, 6, 7, 8, 9, 11, 11, 12, 13, 14]],
  ["lost", 3, 10, 0.99, [5, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
] as const;

/** Others that never get in front: one vote each. */
const scattered = (count: number): string => "CDEFGHIJKL".slice(0, count);

describe("horizon", () => {
  it.each(boundaries)(
    "ties %s, %i categories, %i votes for others, level %d",
    (ties, categories, others, level, boundary) => {
      const spec = { rule: "horizon", ties, categories, level };
      boundary.forEach((leader, runnerUp) => {
        // With one vote each, others must not outvote the runner-up.
        const rest = runnerUp > 0 ? scattered(others) : "";
        if (rest.length < others) return;
        expect(verdictAfter(spec, votes(leader, runnerUp) + rest)).toMatchObject({ stop: true, answer: "A" });
        if (leader - 1 > runnerUp) {
          expect(verdictAfter(spec, votes(leader - 1, runnerUp) + rest)).toEqual(goOn(1));
        }
      });
    },
  );

  it("counts an abstention as used, like a vote for others", () => {
    const spec = { rule: "horizon", ties: "kept" };
    expect(verdictAfter(spec, votes(10, 5, 0, 3))).toEqual(verdictAfter(spec, votes(10, 5) + scattered(3)));
    expect(verdictAfter(spec, votes(10, 5, 0, 10))).toMatchObject({ stop: true });
    expect(verdictAfter(spec, votes(10, 5))).toEqual(goOn(1));
    // Of three categories only votes say what the rest is likely to get.
    const value = probabilityToKeepLead({ leader: 10, runnerUp: 5, rest: 0, left: 22, tieKept: false });
    const stopsAt = (level: number) =>
      verdictAfter({ rule: "horizon", categories: 3, ties: "lost", level }, votes(10, 5, 0, 3)).stop;
    expect([stopsAt(value - 1e-9), stopsAt(value + 1e-9)]).toEqual([true, false]);
  });

  it("launches what could settle it", () => {
    expect(verdictAfter({ rule: "horizon" }, "")).toEqual(goOn(4));
    expect(verdictAfter({ rule: "horizon" }, "AB")).toEqual(goOn(5));
    expect(verdictAfter({ rule: "horizon" }, votes(19, 19))).toEqual(goOn(1));
    expect(verdictAfter({ rule: "horizon", ties: "lost" }, votes(19, 19))).toEqual(goOn(2));
  });

  it("gives a tie at the end to the class seen first, as the full vote does", () => {
    const level = { rule: "horizon", level: 0.999 };
    expect(verdictAfter(level, "AABA", { maxSamples: 6 })).toMatchObject({ stop: true, answer: "A" });
    expect(verdictAfter(level, "BAAA", { maxSamples: 6 })).toEqual(goOn(1));
    expect(verdictAfter({ ...level, ties: "kept" }, "BAAA", { maxSamples: 6 })).toMatchObject({
      stop: true,
      answer: "A",
    });
    expect(verdictAfter({ ...level, ties: "lost" }, "AABA", { maxSamples: 6 })).toEqual(goOn(1));
  });

  it("promises something about the full vote only where that counts votes", () => {
    expect(verdictAfter({ rule: "horizon" }, "AAAA")).toMatchObject({ reason: "horizon", certificate: "predictive" });
    const weighted = { weightRange: { min: 0, max: 1 } };
    expect(verdictAfter({ rule: "horizon" }, "AAAA", weighted)).toMatchObject({ certificate: "heuristic" });
    const shifting = { weightsShift: true };
    expect(verdictAfter({ rule: "horizon" }, "AAAA", shifting)).toMatchObject({ certificate: "heuristic" });
  });

  it.each(
    ["first-seen", "kept", "lost"].flatMap((ties) =>
      [2, 3].flatMap((categories) => [0.6, 0.8, 0.95].map((level) => ({ rule: "horizon", ties, categories, level }))),
    ),
  )("needs exactly what the shortest of all ways to a stop takes: %j", (spec) => {
    for (const [maxSamples, answers] of [
      [9, 3],
      [10, 2],
      [7, 4],
    ] as const) {
      for (const [state, { need, true: shortest }] of shortestWay(spec, maxSamples, answers)) {
        const used = state.split(/[,|]/).reduce((sum, count) => sum + Number(count), 0);
        expect({ state, need }).toEqual({
          state,
          need: shortest === 0 ? 0 : Math.max(1, Math.min(shortest, maxSamples - used)),
        });
      }
    }
  });
});
