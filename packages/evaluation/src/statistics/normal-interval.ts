import { type Interval, z95 } from "./interval.ts";
import type { RatioGroups } from "./ratio-groups.ts";

/**
 * Normal interval of a ratio of sums with cluster-robust variance: the ratio is linearised at its value r, and a group's
 * residual is numerator − r·denominator (Cochran, Sampling Techniques, 6.19, with the factor G/(G − 1)).
 */
export function normalInterval({ numerators, denominators }: RatioGroups): Interval {
  const groups = numerators.length;
  const total = sumOf(denominators);
  const ratio = sumOf(numerators) / total;
  let squares = 0;
  for (let group = 0; group < groups; group += 1) squares += (numerators[group]! - ratio * denominators[group]!) ** 2;
  const standardError = Math.sqrt((squares * groups) / (groups - 1)) / total;
  return { low: ratio - z95 * standardError, high: ratio + z95 * standardError };
}

export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < values.length; place += 1) sum += values[place]!;
  return sum;
}
