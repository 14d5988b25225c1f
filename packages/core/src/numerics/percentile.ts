/**
 * Percentile with straight lines between the order statistics (Hyndman & Fan type 7, the usual default).
 *
 * @param values at least one
 * @param percent in [0,100]
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  // Rounding must not lift it over the value above: something always reaches the percentile of its own kind.
  return Math.min(above, below + (place - Math.floor(place)) * (above - below));
}
