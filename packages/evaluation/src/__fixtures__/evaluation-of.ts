import { presetNamed } from "@quorate/core";
import type { EvaluationJson } from "../record/evaluation-json.ts";
import type { PolicyScore } from "../replay/policy-score.ts";

/** A policy's figures: by default half of the full vote's samples for 99.5 % agreement. */
export function scoreOf(policy: string, more: Partial<PolicyScore> = {}): PolicyScore {
  return {
    policy,
    definition: { ...presetNamed("asc"), name: policy },
    agreement: 0.995,
    agreementInterval: { low: 0.991, high: 0.998 },
    meanSamples: 8,
    samplesInterval: { low: 7.5, high: 8.5 },
    medianSamples: 7,
    p95Samples: 16,
    meanRounds: 2,
    meanRequests: 2,
    meanAbstentions: 0.5,
    earlyStops: 0.7,
    wrongModeStops: 0.005,
    stopReasons: { beta: 700, "max-samples": 300 },
    samplesHistogram: [
      { samples: 4, replays: 700 },
      { samples: 16, replays: 300 },
    ],
    ...more,
  };
}

/** Every sample of every question. */
export const fullVoteScore = (more: Partial<PolicyScore> = {}): PolicyScore =>
  scoreOf("sc", {
    agreement: 1,
    agreementInterval: { low: 0.996, high: 1 },
    meanSamples: 16,
    wrongModeStops: 0,
    stopReasons: { fixed: 1000 },
    samplesHistogram: [{ samples: 16, replays: 1000 }],
    ...more,
  });

/** A hundred questions, ten orders each, without gold unless given. */
export function evaluationOf(policies: readonly PolicyScore[], more: Partial<EvaluationJson> = {}): EvaluationJson {
  return {
    file: "votes.jsonl",
    questions: 100,
    permutations: 10,
    maxSamples: 16,
    seed: 1,
    graded: 0,
    fullVote: { meanSamples: 16 },
    ...(policies[0] !== undefined && { baseline: policies[0].policy }),
    policies,
    hardest: [],
    ...more,
  };
}

/** Accuracy against the baseline, paired. */
export function gainOf(
  difference: number,
  low: number,
  high: number,
): Pick<PolicyScore, "accuracy" | "versusBaseline"> {
  const none = { a: 0, b: 0, difference: 0, questions: 100 };
  return {
    accuracy: 0.7 + difference,
    versusBaseline: {
      accuracy: { a: 0.7, b: 0.7 + difference, difference, interval: { low, high }, questions: 100 },
      agreement: none,
      samples: none,
    },
  };
}
