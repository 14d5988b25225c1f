import { describe, expect, it } from "vitest";
import { decisionOf } from "../__fixtures__/decision-of.ts";
import { compareRuns } from "./compare-runs.ts";
import { comparisonLines } from "./comparison-lines.ts";

const a = [
  decisionOf("1", { correct: true, sampleCount: 16, costUsd: 0.04 }),
  decisionOf("2", { correct: false, answer: null, sampleCount: 16, costUsd: 0.04 }),
  decisionOf("3", { correct: true, sampleCount: 16, costUsd: 0.04 }),
  decisionOf("4", { interim: true }),
  decisionOf("only a"),
];
const b = [
  decisionOf("3", { correct: false, answer: "B", sampleCount: 4, costUsd: 0.01 }),
  decisionOf("2", { correct: false, answer: null, sampleCount: 5, speculatedSamples: 1, costUsd: 0.01 }),
  decisionOf("1", { correct: true, sampleCount: 5, costUsd: 0.01 }),
  decisionOf("4"),
  decisionOf("only b"),
  decisionOf("only b, too"),
];

describe("compareRuns", () => {
  it("joins by id, whatever the order, and leaves open questions out", async () => {
    const comparison = await compareRuns(a, b, { seed: 1 });
    expect(comparison).toMatchObject({ inBoth: 4, onlyInA: 1, onlyInB: 2, undecided: 1, agreement: 2 / 3 });
    expect(comparison.paired).toMatchObject({
      questions: 3,
      accuracy: { a: 2 / 3, b: 1 / 3, questions: 3 },
      samples: { a: 16, b: 5, difference: -11 },
      discordant: { onlyA: 1, onlyB: 0 },
    });
  });

  it("of runs that share nothing has counts alone", async () => {
    const comparison = await compareRuns([decisionOf("x")], [decisionOf("y")]);
    expect(comparison).toEqual({
      inBoth: 0,
      onlyInA: 1,
      onlyInB: 1,
      undecided: 0,
      paired: { questions: 0, discordant: { onlyA: 0, onlyB: 0 } },
    });
    expect(comparisonLines(comparison, { a: "a", b: "b" })).toEqual(["0 questions in both, 1 only in a, 1 only in b"]);
  });

  it("tells it in lines that a terminal may print", async () => {
    const lines = comparisonLines(await compareRuns(a, b, { seed: 1 }), { a: "sc", b: "asc\u001b[31m" });
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "4 questions in both, 1 only in sc, 2 only in asc⟨U+001B⟩[31m
      1 question still open in one of them, left out below
      same answer: 66.7 %

      per question       sc  asc⟨U+001B⟩[31m  difference         95 % interval  questions
      accuracy       66.7 %           33.3 %    −33.3 pp   −100.0 pp to 0.0 pp          3
      samples         16.00             5.00      −11.00      −12.00 to −10.00          3
      cost          $0.0400          $0.0100    −$0.0300  −$0.0300 to −$0.0300          3

      right in one run only: 1 in sc, 0 in asc⟨U+001B⟩[31m"
    `);
  });
});
