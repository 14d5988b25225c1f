import { type DecidedVote, decisionConfidenceOf, decisionFeaturesOf } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { embeddedRecording, type RecordedQuestion } from "../__fixtures__/recordings.ts";
import { packScores } from "../metrics/graded-scores.ts";
import { metricsOf } from "../metrics/metrics-of.ts";
import { parseDecisionConfidence } from "./decision-confidence.ts";
import { fitDecisionConfidence, type GradedDecision } from "./fit-decision-confidence.ts";

const source = { file: "calibration.jsonl.gz", digest: "ab12", date: "2025-01-31" };

/** The plain vote of the first samples of a question. */
function voteOf({ gold, samples }: RecordedQuestion, count: number, group: number, withConfidence: boolean) {
  const classes = new Map<string, number[]>();
  for (const { answer, confidence } of samples.slice(0, count)) {
    if (answer !== null) classes.set(answer, [...(classes.get(answer) ?? []), confidence ?? 0.5]);
  }
  const votes = [...classes]
    .map(([answer, { length }]) => ({ answer, count: length, weight: length }))
    .sort((a, b) => b.count - a.count);
  const all = votes.reduce((sum, vote) => sum + vote.count, 0);
  const answer = votes[0]?.answer ?? null;
  const ofLeader = classes.get(answer ?? "") ?? [];
  const decision: DecidedVote = {
    answer,
    support: all === 0 ? 0 : votes[0]!.count / all,
    sampleCount: count,
    votes,
    ...(withConfidence &&
      ofLeader.length > 0 && { leaderConfidence: ofLeader.reduce((sum, one) => sum + one, 0) / ofLeader.length }),
  };
  return { decision, isRight: answer === gold, group };
}

const sizes = [1, 2, 4, 8, 16];
const replayed = (recording: readonly RecordedQuestion[], withConfidence: boolean): GradedDecision[] =>
  recording.flatMap((question, group) => sizes.map((count) => voteOf(question, count, group, withConfidence)));
const [calibration, test] = [embeddedRecording("calibration"), embeddedRecording("test")];

describe("features of a decision", () => {
  it("tell the state of its vote", () => {
    const votes = [
      { answer: "A", count: 5, weight: 5 },
      { answer: "B", count: 2, weight: 2 },
      { answer: "C", count: 1, weight: 1 },
    ];
    expect(decisionFeaturesOf({ answer: "A", support: 0.625, sampleCount: 10, votes, leaderConfidence: 0.8 })).toEqual({
      "log-samples": Math.log(10),
      "leader-share": 0.625,
      "runner-up-share": 0.25,
      "log-lead": Math.log(4),
      support: 0.625,
      "log-classes": Math.log(3),
      "abstention-share": 0.2,
      "leader-confidence": expect.closeTo(Math.log(4), 12),
    });
  });

  it("of a decision that weights turned have a negative lead", () => {
    const votes = [
      { answer: "B", count: 1, weight: 3 },
      { answer: "A", count: 3, weight: 2 },
    ];
    const features = decisionFeaturesOf({ answer: "B", support: 0.6, sampleCount: 4, votes });
    expect(features).toMatchObject({ "log-lead": -Math.log(3), "runner-up-share": 0.75 });
    expect(features?.["leader-confidence"]).toBeUndefined();
  });

  it("are absent without an answer", () =>
    expect(decisionFeaturesOf({ answer: null, support: 0, sampleCount: 3, votes: [] })).toBeUndefined());
});

describe("P(right) of a decision", () => {
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])(
    "on unseen problems is calibrated and beats support (confidence: %s, isotonic: %s)",
    (withConfidence, isotonic) => {
      const fitted = fitDecisionConfidence(replayed(calibration, withConfidence), { ...source, isotonic });
      const confidenceOf = decisionConfidenceOf(fitted);
      const judged = replayed(test, withConfidence).filter(({ decision }) => decision.answer !== null);
      const of = (score: (decision: DecidedVote) => number) =>
        metricsOf(packScores(judged.map(({ decision, isRight }) => ({ score: score(decision), isRight }))), [
          "ece",
          "brier",
          "auroc",
        ]);
      const [ours, support] = [of((decision) => confidenceOf(decision)!), of((decision) => decision.support)];
      console.log(withConfidence, isotonic, ours, support, fitted.crossValidated, fitted.model.ridge);
      expect(ours.ece).toBeLessThan(0.04);
      expect(ours.brier).toBeLessThan(support.brier as number);
      expect(ours.auroc).toBeGreaterThan(support.auroc as number);
      // What it says of itself holds on the other split.
      expect(fitted.crossValidated.brier).toBeCloseTo(ours.brier as number, 1);
      expect(fitted.crossValidated.ece).toBeLessThan(0.04);
      expect(parseDecisionConfidence(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted);
    },
  );

  const fitted = fitDecisionConfidence(replayed(calibration, true), source);
  const decide = (decision: Partial<DecidedVote>) =>
    decisionConfidenceOf(fitted)({
      answer: "A",
      support: 1,
      sampleCount: 4,
      votes: [{ answer: "A", count: 4, weight: 4 }],
      leaderConfidence: 0.9,
      ...decision,
    });

  it("rises with the votes and with their confidence", () => {
    const split = [
      { answer: "A", count: 3, weight: 3 },
      { answer: "B", count: 1, weight: 1 },
    ];
    expect(decide({})!).toBeGreaterThan(decide({ votes: split, support: 0.75 })!);
    expect(decide({})!).toBeGreaterThan(decide({ leaderConfidence: 0.4 })!);
  });

  it("is absent without an answer, or without a confidence that the fit always had", () => {
    expect(decide({ answer: null, votes: [] })).toBeUndefined();
    expect(
      decisionConfidenceOf(fitted)({
        answer: "A",
        support: 1,
        sampleCount: 1,
        votes: [{ answer: "A", count: 1, weight: 1 }],
      }),
    ).toBeUndefined();
  });

  it("refuses too little data, and too few groups", () => {
    expect(() => fitDecisionConfidence(replayed(calibration.slice(0, 20), false), source)).toThrowError(/at least 160/);
    const oneGroup = replayed(calibration, false).map((decision) => ({ ...decision, group: 0 }));
    expect(() => fitDecisionConfidence(oneGroup, source)).toThrowError(/1 groups for 5 folds/);
  });
});
