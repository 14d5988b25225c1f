import { QuorateError } from "@quorate/core";
import type { GradedScores } from "./graded-scores.ts";
import type { MetricInput, MetricValue } from "./metric.ts";
import { type PairsWon, pairsWonByQuestion } from "./pairs-won.ts";
import { rankScores } from "./ranked-scores.ts";
import { type MetricName, metricNamed } from "./registry.ts";

export interface MetricOptions {
  /** Bins of the metrics that bin. @default 10 */
  readonly bins?: number;
  /** Share of answers that selective accuracy keeps, in (0,1]. @default 0.8 */
  readonly coverage?: number;
}

export type MetricValues<Name extends MetricName> = { readonly [Wanted in Name]: MetricValue };

/**
 * The wanted metrics of many graded scores, from one sort. What has no value says why.
 *
 * @throws QuorateError `bad-input` for a score that is no finite number, `bad-option` for options out of range
 */
export function metricsOf<Name extends MetricName>(
  scores: GradedScores,
  wanted: readonly Name[],
  options: MetricOptions = {},
): MetricValues<Name> {
  const questions = wanted.some((name) => name === "wqd") ? scores.questions : undefined;
  return valuesOf(wanted, {
    ranked: rankScores(scores),
    ...checked(options),
    ...(questions !== undefined && { withinQuestions: total(pairsWonByQuestion({ ...scores, questions })) }),
  });
}

export function valuesOf<Name extends MetricName>(wanted: readonly Name[], input: MetricInput): MetricValues<Name> {
  return Object.fromEntries(wanted.map((name) => [name, metricNamed(name).of(input)])) as MetricValues<Name>;
}

function total({ won, pairs }: { readonly won: Float64Array; readonly pairs: Float64Array }): PairsWon {
  const sum = (values: Float64Array) => values.reduce((before, value) => before + value, 0);
  return { won: sum(won), pairs: sum(pairs) };
}

export function checked({ bins = 10, coverage = 0.8 }: MetricOptions): Required<MetricOptions> {
  if (!Number.isInteger(bins) || bins < 2) {
    throw new QuorateError({
      code: "bad-option",
      what: "`bins` is out of range.",
      seen: bins,
      expected: "2 or more",
    });
  }
  if (!(coverage > 0 && coverage <= 1)) {
    throw new QuorateError({
      code: "bad-option",
      what: "`coverage` is out of range.",
      seen: coverage,
      expected: "a share in (0,1]",
    });
  }
  return { bins, coverage };
}
