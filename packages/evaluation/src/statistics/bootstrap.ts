import { type SeedPart, seededRandom } from "@quorate/providers";
import type { Interval } from "./interval.ts";
import { normalInterval, sumOf } from "./normal-interval.ts";
import { quantileOf } from "./quantile.ts";
import type { RatioGroups } from "./ratio-groups.ts";
import { Resamples } from "./resamples.ts";
import { wilsonInterval } from "./wilson.ts";

export interface BootstrapOptions {
  readonly seed: SeedPart;
  /** @default 2000 */
  readonly resamples?: number;
  /** The ratio is a share of successes: stays in [0,1], and has an interval even where all groups agree. @default true */
  readonly isShare?: boolean;
  /** The ratio in resamples that were drawn already, in place of new ones. */
  readonly ratios?: Float64Array | undefined;
}

/** Above this many groups the resampled ratio is normal for all purposes, and resampling would only cost time. */
const groupsResampled = 10_000;

/**
 * 95 % interval of a ratio of sums over groups: groups are resampled whole, since what shares a source errs together.
 * Percentiles of the bootstrap up to 10,000 groups, above that the normal interval with cluster-robust variance. A share
 * that is the same in every group gets Wilson's interval with each group counted once: no width would claim certainty.
 * Undefined with fewer than two groups.
 */
export function bootstrapInterval(groups: RatioGroups, options: BootstrapOptions): Interval | undefined {
  const { seed, resamples = 2000, isShare = true, ratios } = options;
  const count = groups.numerators.length;
  if (count < 2) return undefined;
  if (isShare && isSameEverywhere(groups)) {
    return wilsonInterval(sumOf(groups.numerators) / sumOf(groups.denominators), count);
  }
  const { low, high } =
    count > groupsResampled ? normalInterval(groups) : percentiles(ratios ?? resampled(groups, seed, resamples));
  return isShare ? { low: Math.max(0, low), high: Math.min(1, high) } : { low, high };
}

function isSameEverywhere({ numerators, denominators }: RatioGroups): boolean {
  for (let group = 1; group < numerators.length; group += 1) {
    // Cross-multiplied: counts stay exact.
    if (numerators[group]! * denominators[0]! !== numerators[0]! * denominators[group]!) return false;
  }
  return true;
}

/** For several intervals over the same groups: undefined where these are too few or too many to be resampled. */
export function drawnOnce(groups: number, seed: SeedPart): Resamples | undefined {
  return groups < 2 || groups > groupsResampled ? undefined : new Resamples(groups, { seed });
}

/** 95 %. */
export function percentiles(ratios: Float64Array): Interval {
  const ascending = ratios.slice().sort();
  return { low: quantileOf(ascending, 0.025), high: quantileOf(ascending, 0.975) };
}

/** The same as `Resamples`, one after another, without keeping them. */
function resampled({ numerators, denominators }: RatioGroups, seed: SeedPart, resamples: number): Float64Array {
  const random = seededRandom("bootstrap", seed);
  const count = numerators.length;
  const ratios = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    let numerator = 0;
    let denominator = 0;
    for (let draw = 0; draw < count; draw += 1) {
      const group = Math.floor(random() * count);
      numerator += numerators[group]!;
      denominator += denominators[group]!;
    }
    ratios[resample] = numerator / denominator;
  }
  return ratios;
}
