import { type SeedPart, seededRandom } from "@quorate/providers";
import type { RatioGroups } from "./ratio-groups.ts";

/**
 * Groups drawn with replacement, as often as there are groups, once for all ratios over them: ratios that are compared meet
 * the same resamples, and drawing costs once. Holds two bytes a group and resample.
 */
export class Resamples {
  /** Of each resample, how often each group was drawn. */
  readonly #draws: readonly Uint16Array[];
  #latest: { readonly denominators: Float64Array; readonly sums: Float64Array } | undefined;

  constructor(groups: number, { seed, resamples = 2000 }: { readonly seed: SeedPart; readonly resamples?: number }) {
    const random = seededRandom("bootstrap", seed);
    this.#draws = Array.from({ length: resamples }, () => {
      const drawn = new Uint16Array(groups);
      for (let draw = 0; draw < groups; draw += 1) drawn[Math.floor(random() * groups)]! += 1;
      return drawn;
    });
  }

  /** In the order of the resamples. */
  ratiosOf({ numerators, denominators }: RatioGroups): Float64Array {
    const below = this.#sumsOfDenominators(denominators);
    return this.#sumsOf(numerators).map((sum, resample) => sum / below[resample]!);
  }

  /** Ratios that are compared mostly have the same denominators. */
  #sumsOfDenominators(denominators: ArrayLike<number>): Float64Array {
    let latest = this.#latest;
    if (latest === undefined || !latest.denominators.every((value, group) => value === denominators[group])) {
      latest = { denominators: Float64Array.from(denominators), sums: this.#sumsOf(denominators) };
      this.#latest = latest;
    }
    return latest.sums;
  }

  #sumsOf(values: ArrayLike<number>): Float64Array {
    const doubles = Float64Array.from(values);
    const sums = new Float64Array(this.#draws.length);
    for (let resample = 0; resample < sums.length; resample += 1) {
      sums[resample] = weightedSum(this.#draws[resample]!, doubles);
    }
    return sums;
  }
}

/** The innermost loop of every interval: one kind of array each, or it takes five times as long. */
function weightedSum(times: Uint16Array, values: Float64Array): number {
  let sum = 0;
  for (let group = 0; group < values.length; group += 1) sum += times[group]! * values[group]!;
  return sum;
}
