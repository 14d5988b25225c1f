import type { Signals } from "@quorate/core";
import { expect, it } from "vitest";
import { consistency } from "./consistency.ts";
import { verbalConsistency } from "./verbal-consistency.ts";

const samples = (votes: readonly (readonly [string, number?])[]) =>
  votes.map(([answer, stated]) => ({
    extraction:
      answer === "-" ? ({ kind: "abstention", reason: "no-answer" } as const) : ({ kind: "answer", answer } as const),
    signals: (stated === undefined ? {} : { "verbal-numeric": stated }) satisfies Signals,
  }));

it("consistency is the share of the votes for the answer", () => {
  expect(consistency.scoreAll(samples([["A"], ["B"], ["-"], ["A"], ["A"]]))).toEqual([
    0.75,
    0.25,
    undefined,
    0.75,
    0.75,
  ]);
  expect(consistency.scoreAll(samples([["-"]]))).toEqual([undefined]);
  expect(consistency.scoreAll([])).toEqual([]);
});

it("verbal consistency is its share of what was stated", () => {
  const votes = samples([["A", 0.5], ["B", 0.75], ["A", 0.25], ["-", 1], ["B"], ["C"]]);
  const scores = verbalConsistency.scoreAll(votes);
  expect(scores).toEqual([0.5, 0.5, 0.5, undefined, 0.5, 0]);
  expect(verbalConsistency.scoreAll(samples([["A"], ["B"]]))).toEqual([undefined, undefined]);
  expect(verbalConsistency.scoreAll(samples([["A", 0]]))).toEqual([undefined]);
});
