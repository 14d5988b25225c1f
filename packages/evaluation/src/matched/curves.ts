import type { GroupTotals } from "../replay/group-totals.ts";
import type { ResampledScore, ScoreStatistics } from "../replay/score-statistics.ts";
import { percentiles } from "../statistics/bootstrap.ts";
import type { Interval } from "../statistics/interval.ts";
import { agreements, type Curve, type CurvePoint } from "./curve.ts";
import { type Reach, reachOf } from "./reach.ts";
import type { SweptParameter } from "./variants.ts";

/** A policy's totals at each value of the swept parameter, loosest first. */
export interface Swept {
  readonly policy: string;
  readonly parameter: SweptParameter;
  readonly variants: readonly { readonly value: number; readonly totals: GroupTotals }[];
}

export function curveOf(
  { policy, parameter, variants }: Swept,
  fullVote: GroupTotals,
  statistics: ScoreStatistics,
): Curve {
  const points = variants.map(
    ({ value, totals }): CurvePoint => ({
      value,
      ...statistics.score(totals),
      meanRounds: totals.mean("rounds"),
      wrongModeStops: totals.mean("wrongMode"),
    }),
  );
  const resampled = variants.map(({ totals }) => statistics.resampled(totals));
  const byAgreement = points.map(({ meanSamples, agreement }) => ({ samples: meanSamples, value: agreement }));
  const accuracy = accuracyReach(points, resampled, fullVote, statistics);
  return {
    policy,
    parameter: parameter.path,
    strictness: parameter.strictness,
    own: parameter.own,
    points,
    samplesAtAgreement: agreements.map((agreement) => ({
      agreement,
      reach: withInterval(reachOf(byAgreement, agreement), resampled, "agreement", () => agreement),
    })),
    ...(accuracy !== undefined && { samplesAtFullVoteAccuracy: accuracy }),
  };
}

/**
 * The target is the full vote's accuracy on the same questions, so it moves along with every resample. No interval where
 * only some questions have gold: samples are over all of them.
 */
function accuracyReach(
  points: readonly CurvePoint[],
  resampled: readonly ResampledScore[],
  fullVote: GroupTotals,
  statistics: ScoreStatistics,
): Reach | undefined {
  const { accuracy: target } = fullVote;
  if (target === undefined) return undefined;
  const byAccuracy = points.map(({ meanSamples, accuracy }) => ({ samples: meanSamples, value: accuracy! }));
  const reach = reachOf(byAccuracy, target);
  const { questions, graded } = statistics.counts;
  const targets = statistics.resampled(fullVote).accuracy;
  if (graded < questions || targets === undefined) return reach;
  return withInterval(reach, resampled, "accuracy", (resample) => targets[resample]!);
}

/** The interval of an interpolated reach: the same reading of the whole curve in every resample. */
function withInterval(
  reach: Reach,
  resampled: readonly ResampledScore[],
  quantity: "agreement" | "accuracy",
  targetOf: (resample: number) => number,
): Reach {
  const resamples = resampled[0]?.samples?.length;
  if (reach.kind !== "interpolated" || resamples === undefined) return reach;
  const samples = Float64Array.from({ length: resamples }, (_, resample) => {
    const curve = resampled.map((point) => ({
      samples: point.samples![resample]!,
      value: point[quantity]![resample]!,
    }));
    const reached = reachOf(curve, targetOf(resample));
    return reached.kind === "not-reached" ? Number.POSITIVE_INFINITY : reached.samples;
  });
  const interval = finite(percentiles(samples));
  return interval === undefined ? reach : { ...reach, interval };
}

/** A curve that often falls short has no upper end. */
function finite(interval: Interval): Interval | undefined {
  return Number.isFinite(interval.low) && Number.isFinite(interval.high) ? interval : undefined;
}
