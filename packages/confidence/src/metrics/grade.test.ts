import { expect, it } from "vitest";
import { jointElicitors } from "../elicitors/joint/registry.ts";
import { elicitorNamed } from "../elicitors/registry.ts";
import { gradeDecisions, gradeSamples } from "./grade.ts";

it("samples: what has no answer or no score is left out and counted", () => {
  const answer = (answer: string, recorded?: number | "censored") => ({
    extraction: { kind: "answer" as const, answer },
    signals: recorded === undefined ? {} : { recorded },
  });
  const abstention = { extraction: { kind: "abstention" as const, reason: "truncated" as const }, signals: {} };
  const isRight = (answer: string) => answer === "A";
  const { scores, groups, leftOut } = gradeSamples(
    [
      { group: "x", isRight, samples: [answer("A", 0.9), answer("B", "censored"), abstention, answer("B", 0.3)] },
      { group: "empty", isRight, samples: [answer("A")] },
      { isRight, samples: [answer("B", 0.2)] },
      { group: "x", isRight, samples: [answer("A", 0.5)] },
    ],
    elicitorNamed("recorded"),
  );
  expect([...scores.scores]).toEqual([0.9, 0.3, 0.2, 0.5]);
  expect([...scores.isRight]).toEqual([1, 0, 0, 1]);
  expect([...scores.questions]).toEqual([0, 0, 1, 2]);
  expect([...groups]).toEqual([0, 0, 1, 0]);
  expect(leftOut).toEqual({ abstentions: 1, absent: 1, censored: 1 });
});

it("samples of a question may be scored by each other", () => {
  const answer = (answer: string) => ({ extraction: { kind: "answer" as const, answer }, signals: {} });
  const samples = ["A", "B", "A", "A"].map(answer);
  const isRight = (given: string) => given === "A";
  const { scores, leftOut } = gradeSamples([{ isRight, samples: new Set(samples) }], jointElicitors[0]!);
  expect([...scores.scores]).toEqual([0.75, 0.25, 0.75, 0.75]);
  expect(leftOut).toEqual({ abstentions: 0, absent: 0, censored: 0 });
});

it("decisions: confidence or support, of those with gold", () => {
  const decisions = [
    { support: 0.8, confidence: 0.9, correct: true, group: "x" },
    { support: 0.5, correct: false },
    { support: 0.6, confidence: 0.4 },
    { support: 0.7, confidence: 0.3, correct: false, group: "x" },
  ];
  const confident = gradeDecisions(decisions, "confidence");
  expect([...confident.scores.scores]).toEqual([0.9, 0.3]);
  expect([...confident.groups]).toEqual([0, 0]);
  expect(confident.leftOut).toEqual({ ungraded: 1, withoutConfidence: 1 });
  const supported = gradeDecisions(decisions, "support");
  expect([...supported.scores.scores]).toEqual([0.8, 0.5, 0.7]);
  expect([...supported.scores.isRight]).toEqual([1, 0, 0]);
  expect(supported.leftOut).toEqual({ ungraded: 1, withoutConfidence: 0 });
});
