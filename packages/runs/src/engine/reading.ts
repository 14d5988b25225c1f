import { type Grader, readAnswer } from "@quorate/answers";
import type { Extraction, Sample } from "@quorate/core";
import type { RecordedSample, SampleOutcome } from "@quorate/providers";

type Response = Extract<SampleOutcome, { kind: "response" }>;
type Failure = Extract<SampleOutcome, { kind: "failed" }>;

/** From what a provider gave to what the journal keeps. */
export function sampleOf(outcome: Response | Failure, index: number, wave: number, grader: Grader): Sample {
  if (outcome.kind === "failed") {
    const { detail, latencyMs } = outcome;
    return { index, wave, extraction: failed, detail, ...(latencyMs !== undefined && { latencyMs }), signals: {} };
  }
  const { kind: _, extraction: __, ...kept } = outcome;
  return { index, wave, extraction: readAnswer(outcome, grader), ...kept };
}

const failed: Extraction = { kind: "abstention", reason: "failed" };

/** A sample of an earlier run, as this run would have read it; its cost was the other run's. */
export function reusedSample(recorded: RecordedSample, wave: number, grader: Grader): Sample {
  const { costUsd: _, model: __, ...sample } = recorded;
  return { ...sample, wave, extraction: readAnswer(recorded, grader) };
}
