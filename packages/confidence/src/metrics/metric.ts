import type { PairsWon } from "./pairs-won.ts";
import type { RankedScores } from "./ranked-scores.ts";

/** Why a metric has no value. */
export type Absence =
  /** There is nothing to judge. */
  | "no-scores"
  /** Only right or only wrong answers, and the metric compares the two. */
  | "one-class"
  /** A score outside [0,1], and the metric judges probabilities. */
  | "not-probabilities"
  /** It is not known which scores share a question. */
  | "no-questions"
  /** All values on one side are equal, and the metric compares orders. */
  | "constant";

export type MetricValue = number | Absence;

export interface MetricInput {
  readonly ranked: RankedScores;
  /** Pairs of a right and a wrong answer to one question; absent where questions are not known. */
  readonly withinQuestions?: PairsWon;
  /** Bins of the metrics that bin, at least 2. */
  readonly bins: number;
  /** Share of answers that selective accuracy keeps, in (0,1]. */
  readonly coverage: number;
}

export interface Metric<Name extends string = string> {
  readonly name: Name;
  /** What scores must be: `any` where their order alone counts. */
  readonly scale: "any" | "probability";
  readonly better: "higher" | "lower" | "neither";
  readonly of: (input: MetricInput) => MetricValue;
}

/** `measure` meets at least one score, and only probabilities where the scale says so. */
export function defineMetric<const Name extends string>(
  metric: Omit<Metric<Name>, "of"> & { readonly measure: (input: MetricInput) => MetricValue },
): Metric<Name> {
  const { measure, ...described } = metric;
  return {
    ...described,
    of(input) {
      const { scores, count } = input.ranked;
      if (count === 0) return "no-scores";
      // They ascend: the ends tell.
      const areProbabilities = scores[0]! >= 0 && scores[scores.length - 1]! <= 1;
      return metric.scale === "probability" && !areProbabilities ? "not-probabilities" : measure(input);
    },
  };
}
