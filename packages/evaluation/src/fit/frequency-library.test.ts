import { parsePolicy } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { evaluatePolicies } from "../replay/evaluate-policies.ts";
import { fitFrequencyLibrary } from "./frequency-library.ts";

const trace = traceOf([
  recordedQuestion("1", "AABAC"),
  recordedQuestion("2", "XXXXX"),
  recordedQuestion("3", "BCBBA"),
  recordedQuestion("4", "-----"),
  recordedQuestion("5", "YY-YX"),
]);

describe("fitFrequencyLibrary", () => {
  it("keeps how answers were spread, not which they were, the most unanimous first", async () => {
    expect(await fitFrequencyLibrary(trace)).toEqual([
      { frequencies: [5], weight: 1 },
      { frequencies: [3, 1], weight: 1 },
      { frequencies: [3, 1, 1], weight: 2 },
    ]);
  });

  it("is thinned evenly, every question still counting once", async () => {
    const library = await fitFrequencyLibrary(trace, { size: 2 });
    expect(library).toEqual([
      { frequencies: [5], weight: 2 },
      { frequencies: [3, 1, 1], weight: 2 },
    ]);
    expect(await fitFrequencyLibrary(trace, { size: 1 })).toEqual([{ frequencies: [3, 1], weight: 4 }]);
  });

  it("makes a policy that saves where other questions were unanimous", async () => {
    const library = await fitFrequencyLibrary(traceOf([recordedQuestion("other", "AAAAAAAA")]));
    const policy = parsePolicy({ name: "learnt", stop: { rule: "bayes-l3", library } });
    const { policies } = await evaluatePolicies({ trace, policies: [policy], maxSamples: 5, permutations: 1, seed: 1 });
    expect(policies[0]?.stopReasons).toMatchObject({ "bayes-l3": 4, "no-votes": 1 });
  });

  it("says what is wrong", async () => {
    await expect(fitFrequencyLibrary(trace, { size: 0 })).rejects.toThrowError(/integer from 1 up, got 0/);
    await expect(fitFrequencyLibrary(traceOf([recordedQuestion("1", "--")]))).rejects.toThrowError(/no answer/);
  });
});
