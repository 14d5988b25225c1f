import type { SeedPart } from "@quorate/providers";
import { bootstrapInterval } from "./bootstrap.ts";
import type { Interval } from "./interval.ts";
import { sumOf } from "./normal-interval.ts";
import type { RatioGroups } from "./ratio-groups.ts";
import { wilsonInterval } from "./wilson.ts";

/** A mean difference, b − a, over the questions where both sides are known. */
export interface Difference {
  readonly a: number;
  readonly b: number;
  readonly difference: number;
  /** Over groups of questions; absent with fewer than two. */
  readonly interval?: Interval;
  readonly questions: number;
}

export interface GroupDifferenceOptions {
  readonly seed: SeedPart;
  readonly questions: number;
  /** @default true */
  readonly isShare?: boolean;
  /** Each side in the same resamples, where these were drawn already. */
  readonly ratios?: { readonly a: Float64Array; readonly b: Float64Array } | undefined;
}

/**
 * b − a of two ratios over the same groups with the same denominators. Each group is resampled with both of its sides. Of
 * shares that differ nowhere the interval is what that leaves open, never a width of 0.
 */
export function groupDifference(
  a: RatioGroups,
  b: RatioGroups,
  { seed, questions, isShare = true, ratios }: GroupDifferenceOptions,
): Difference {
  const { denominators } = a;
  const numerators = Float64Array.from(denominators, (_, group) => b.numerators[group]! - a.numerators[group]!);
  const total = sumOf(denominators);
  const interval =
    isShare && denominators.length > 1 && numerators.every((difference) => difference === 0)
      ? differenceLeftOpen(denominators.length)
      : bootstrapInterval(
          { numerators, denominators },
          // The denominators are the same, so the difference of the ratios is the ratio of the differences.
          { seed, isShare: false, ratios: ratios?.b.map((ratio, resample) => ratio - ratios.a[resample]!) },
        );
  return {
    a: sumOf(a.numerators) / total,
    b: sumOf(b.numerators) / total,
    difference: sumOf(numerators) / total,
    ...(interval !== undefined && { interval }),
    questions,
  };
}

/**
 * Two runs that never differed may still differ on the next question: up to the share of discordant questions that
 * Wilson's interval leaves open for none seen, with each group counted once.
 */
export function differenceLeftOpen(groups: number): Interval {
  const { high } = wilsonInterval(0, groups);
  return { low: -high, high };
}
