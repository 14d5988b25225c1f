import type { MetricValue } from "./metric.ts";

/**
 * Spearman's ρ: Pearson's correlation of mid-ranks, as stated confidences take few values and tie massively (the shortcut
 * 1 − 6Σd²/(n(n² − 1)) is wrong with ties). Both lists are finite and as long as each other.
 */
export function spearman(one: Float64Array, other: Float64Array): MetricValue {
  const count = one.length;
  if (count === 0) return "no-scores";
  const a = midRanks(one);
  const b = midRanks(other);
  const mean = (count + 1) / 2;
  let together = 0;
  let spreadA = 0;
  let spreadB = 0;
  for (let place = 0; place < count; place += 1) {
    const offA = a[place]! - mean;
    const offB = b[place]! - mean;
    together += offA * offB;
    spreadA += offA * offA;
    spreadB += offB * offB;
  }
  return spreadA === 0 || spreadB === 0 ? "constant" : together / Math.sqrt(spreadA * spreadB);
}

/** Ranks from 1; equal values share the middle of theirs. */
export function midRanks(values: Float64Array): Float64Array {
  const distinct = values.slice().sort();
  const ranks = new Float64Array(values.length);
  let blocks = 0;
  for (let start = 0; start < distinct.length; ) {
    let end = start + 1;
    while (end < distinct.length && distinct[end] === distinct[start]) end += 1;
    // Blocks are never ahead of what has been read, so the list of values can hold them.
    distinct[blocks] = distinct[start]!;
    ranks[blocks] = (start + 1 + end) / 2;
    blocks += 1;
    start = end;
  }
  const rankOf = ranks.slice(0, blocks);
  for (let place = 0; place < values.length; place += 1) {
    ranks[place] = rankOf[placeIn(distinct, blocks, values[place]!)]!;
  }
  return ranks;
}

/** The place of a value that is among the first `length` of an ascending list. */
export function placeIn(ascending: Float64Array, length: number, value: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
