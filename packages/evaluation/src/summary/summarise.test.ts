import { describe, expect, it } from "vitest";
import { decisionOf } from "../__fixtures__/decision-of.ts";
import { summarise } from "./summarise.ts";

describe("summarise", () => {
  it("of nothing is all zeros, and nothing is made up", async () => {
    expect(await summarise([])).toEqual({
      questions: 0,
      decided: 0,
      interim: 0,
      failed: 0,
      countedSamples: 0,
      speculatedSamples: 0,
      savedSamples: 0,
      fullVoteSamples: 0,
      abstentions: {},
      stopReasons: {},
      certificates: {},
      samplesHistogram: [],
      unpricedQuestions: 0,
    });
  });

  it("takes votes from decided questions and money from all", async () => {
    async function* decisions() {
      yield decisionOf("1", { correct: true, gold: "A", costUsd: 0.5, usage: { inputTokens: 10, outputTokens: 40 } });
      yield decisionOf("2", {
        correct: false,
        gold: "B",
        answer: null,
        support: 0,
        reason: "no-votes",
        certificate: "curtailed",
        sampleCount: 12,
        speculatedSamples: 2,
        savedSamples: 2,
        rounds: 3,
        abstentions: { truncated: 11, failed: 1 },
      });
      yield decisionOf("3", { interim: true, reason: "budget", correct: true, costUsd: 0.25, sampleCount: 9 });
    }
    expect(await summarise(decisions())).toEqual({
      questions: 3,
      decided: 2,
      interim: 1,
      failed: 1,
      accuracy: { value: 0.5, interval: { low: 0, high: 1 }, right: 1, graded: 2, groups: 2 },
      meanSamples: 8,
      meanRounds: 2,
      meanSupport: 1,
      countedSamples: 16,
      speculatedSamples: 2,
      savedSamples: 14,
      fullVoteSamples: 32,
      abstentions: { truncated: 11, failed: 1 },
      stopReasons: { beta: 1, budget: 1, "no-votes": 1 },
      certificates: { curtailed: 1, heuristic: 1 },
      samplesHistogram: [
        { samples: 4, questions: 1 },
        { samples: 12, questions: 1 },
      ],
      usage: { inputTokens: 10, outputTokens: 40 },
      costUsd: 0.75,
      unpricedQuestions: 1,
    });
  });

  it("says how many votes lack the confidence that the policy reads", async () => {
    const votes = [
      { answer: "A", count: 3, weight: 3 },
      { answer: "B", count: 1, weight: 1 },
    ];
    const decisions = [decisionOf("1", { votes, unmeasured: 3 }), decisionOf("2", { votes })];
    expect((await summarise(decisions)).unmeasured).toEqual({ votes: 3, of: 8 });
  });

  it("counts questions of one source as one group, and leaves the interval out for a single one", async () => {
    const grouped = ["1", "2", "3"].map((id) => decisionOf(id, { correct: true, group: "g" }));
    const one = await summarise(grouped);
    expect(one.accuracy).toEqual({ value: 1, right: 3, graded: 3, groups: 1 });
    const two = await summarise([...grouped, decisionOf("4", { correct: true })]);
    expect(two.accuracy).toMatchObject({ graded: 4, groups: 2, interval: { high: 1 } });
  });

  it("counts answers that were kept back, and how right the others are", async () => {
    const { accuracy, abstained } = await summarise([
      decisionOf("1", { correct: true }),
      decisionOf("2", { correct: false, abstained: true }),
      decisionOf("3", { correct: true, abstained: true }),
      decisionOf("4", { correct: false }),
      decisionOf("5", { correct: true }),
    ]);
    expect(accuracy?.value).toBe(0.6);
    expect(abstained).toEqual({ questions: 2, accuracyOfOthers: 2 / 3 });
    const ungraded = await summarise([decisionOf("1", { abstained: true })]);
    expect(ungraded.abstained).toEqual({ questions: 1 });
  });

  it("depends on nothing but decisions and seed", async () => {
    const decisions = Array.from({ length: 40 }, (_, i) => decisionOf(String(i), { correct: i % 3 === 0 }));
    expect(await summarise(decisions, { seed: 7 })).toEqual(await summarise(decisions, { seed: 7 }));
    expect((await summarise(decisions, { seed: 7 })).accuracy?.interval).not.toEqual(
      (await summarise(decisions, { seed: 8, resamples: 51 })).accuracy?.interval,
    );
  });
});
