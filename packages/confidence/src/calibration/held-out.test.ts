import { buildCalibrator, clippedLogit } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { embeddedRecording, type RecordedQuestion } from "../__fixtures__/recordings.ts";
import { type GradedScore, packScores } from "../metrics/graded-scores.ts";
import { metricsOf } from "../metrics/metrics-of.ts";
import { fitCalibratorSpec } from "./fit-calibrator.ts";
import { calibrationMethods } from "./registry.ts";
import { combineSignals, fitSignalCombination } from "./signal-combination.ts";

interface TwoScores extends GradedScore {
  readonly confidence: number;
  readonly logprob: number;
}

const scoresOf = (recording: readonly RecordedQuestion[]): TwoScores[] =>
  recording.flatMap(({ gold, samples }) =>
    samples.flatMap(({ answer, confidence, logprob }) =>
      answer === null || confidence === null || logprob === null
        ? []
        : [{ confidence, logprob, score: Math.exp(logprob), isRight: answer === gold }],
    ),
  );
const [calibration, test] = [scoresOf(embeddedRecording("calibration")), scoresOf(embeddedRecording("test"))];
const measured = (scores: readonly GradedScore[]) => {
  const { ece, brier, auroc } = metricsOf(packScores(scores), ["ece", "brier", "auroc"]);
  return { ece: ece as number, brier: brier as number, auroc: auroc as number };
};

describe("on problems that no fit has seen", () => {
  const raw = measured(test);

  it("mean token probability is far too sure", () => expect(raw.ece).toBeGreaterThan(0.3));

  // A temperature cannot bend a score that is above ½ throughout down to an accuracy below ½.
  const halving = calibrationMethods.filter(({ name }) => name !== "temperature");

  it.each(halving)("$name at least halves its calibration error, and loses no discrimination", ({ name }) => {
    const calibrate = buildCalibrator(fitCalibratorSpec(name, packScores(calibration)));
    const calibrated = measured(test.map(({ score, isRight }) => ({ score: calibrate(score), isRight })));
    expect(calibrated.ece).toBeLessThan(raw.ece / 2);
    expect(calibrated.brier).toBeLessThan(raw.brier);
    expect(calibrated.auroc).toBeGreaterThan(raw.auroc - 0.01);
  });

  it("a temperature helps as far as it can", () => {
    const calibrate = buildCalibrator(fitCalibratorSpec("temperature", packScores(calibration)));
    const calibrated = measured(test.map(({ score, isRight }) => ({ score: calibrate(score), isRight })));
    expect(calibrated.ece).toBeLessThan(raw.ece);
    expect(calibrated.auroc).toBe(raw.auroc);
  });

  it("two signals together tell more than either", () => {
    const rows = (scores: readonly TwoScores[]) =>
      scores.map(({ confidence, logprob, isRight }) => ({
        features: { confidence: clippedLogit(confidence, 1e-6), tokens: clippedLogit(Math.exp(logprob), 1e-6) },
        isRight,
      }));
    const combination = fitSignalCombination(rows(calibration), {
      features: ["confidence", "tokens"],
      file: "calibration.jsonl.gz",
      digest: "ab12",
      date: "2025-01-31",
    });
    const combined = measured(
      rows(test).map(({ features, isRight }) => ({ score: combineSignals(combination, features)!, isRight })),
    );
    const alone = measured(test.map(({ confidence, isRight }) => ({ score: confidence, isRight })));
    expect(combined.auroc).toBeGreaterThan(Math.max(alone.auroc, raw.auroc));
    expect(combined.ece).toBeLessThan(raw.ece / 2);
  });
});
