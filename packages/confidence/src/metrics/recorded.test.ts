import { describe, expect, it } from "vitest";
import { plainMidRanks } from "../__fixtures__/plain-metrics.ts";
import { type RecordedQuestion, sharedRecording } from "../__fixtures__/recordings.ts";
import { type GradedScore, packQuestions } from "./graded-scores.ts";
import { metricsOf } from "./metrics-of.ts";

const panel = sharedRecording("linwei_mmlupro_panel30");

/** Samples with an answer and a measured score, by question. */
function gradedBy(source: "confidence" | "logprob", recording: readonly RecordedQuestion[]): GradedScore[][] {
  return recording.map(({ gold, samples }) =>
    samples.flatMap(({ answer, [source]: measured }) =>
      answer === null || measured === null
        ? []
        : [{ score: source === "logprob" ? Math.exp(measured) : measured, isRight: answer === gold }],
    ),
  );
}

/** Rank sum of the right ones, by sorted places and mid-ranks. */
function plainAuroc(scores: readonly GradedScore[]): number {
  const ranks = plainMidRanks(scores.map(({ score }) => score));
  const right = scores.filter(({ isRight }) => isRight).length;
  const rankSum = scores.reduce((sum, { isRight }, place) => sum + (isRight ? ranks[place]! : 0), 0);
  return (rankSum - (right * (right + 1)) / 2) / (right * (scores.length - right));
}

/** Bin by bin, by walking all scores ten times. */
function plainEce(scores: readonly GradedScore[]): number {
  let total = 0;
  for (let bin = 1; bin <= 10; bin += 1) {
    const members = scores.filter(({ score }) => score <= bin / 10 && (score > (bin - 1) / 10 || bin === 1));
    if (members.length === 0) continue;
    const accuracy = members.filter(({ isRight }) => isRight).length / members.length;
    const confidence = members.reduce((sum, { score }) => sum + score, 0) / members.length;
    total += (members.length / scores.length) * Math.abs(accuracy - confidence);
  }
  return total;
}

describe.skipIf(panel === undefined)("thirty models on 1,500 questions of MMLU-Pro", () => {
  // AUROC and WQD as the recording's own notes give them.
  it.each([
    ["confidence", 0.6434, 0.5484],
    ["logprob", 0.6197, 0.6208],
  ] as const)("%s: AUROC and ECE equal a plain computation, AUROC and WQD the published ones", (source, auroc, wqd) => {
    const questions = gradedBy(source, panel!);
    const found = metricsOf(packQuestions(questions), ["auroc", "ece", "wqd"]);
    expect(found.auroc).toBeCloseTo(plainAuroc(questions.flat()), 9);
    expect(found.ece).toBeCloseTo(plainEce(questions.flat()), 9);
    expect(found.auroc).toBeCloseTo(auroc, 4);
    expect(found.wqd).toBeCloseTo(wqd, 4);
  });
});
