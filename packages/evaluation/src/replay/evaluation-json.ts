import type { Interval } from "../statistics/interval.ts";
import type { Evaluation, SkippedPolicy } from "./evaluation.ts";

/** What `--json` prints. Keys that have nothing to say are left out. */
export interface EvaluationJson {
  readonly file: string;
  readonly questions: number;
  readonly permutations: number;
  readonly policies: readonly {
    readonly policy: string;
    readonly accuracy?: number;
    readonly accuracyInterval?: Interval;
    readonly agreement: number;
    readonly meanSamples: number;
    readonly samplesInterval?: Interval;
    readonly meanRounds: number;
  }[];
  readonly skipped?: readonly SkippedPolicy[];
  readonly notes?: readonly string[];
}

export function evaluationJson({
  file,
  questions,
  permutations,
  policies,
  skipped,
  notes,
}: Evaluation): EvaluationJson {
  return {
    file,
    questions,
    permutations,
    policies: policies.map(
      ({ policy, accuracy, accuracyInterval, agreement, meanSamples, samplesInterval, meanRounds }) => ({
        policy,
        ...(accuracy !== undefined && { accuracy }),
        ...(accuracyInterval !== undefined && { accuracyInterval }),
        agreement,
        meanSamples,
        ...(samplesInterval !== undefined && { samplesInterval }),
        meanRounds,
      }),
    ),
    ...(skipped.length > 0 && { skipped }),
    ...(notes.length > 0 && { notes }),
  };
}
