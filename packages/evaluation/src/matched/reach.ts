import type { Interval } from "../statistics/interval.ts";

/** The fewest samples with which a curve reaches a target. */
export type Reach =
  /** On the straight line between two neighbouring points. */
  | { readonly kind: "interpolated"; readonly samples: number; readonly interval?: Interval }
  /** Already the point with the fewest samples reaches it; what fewer would do, the curve does not say. */
  | { readonly kind: "loosest-suffices"; readonly samples: number }
  /** No point reaches it. `best` is what comes nearest. */
  | { readonly kind: "not-reached"; readonly best: number };

interface Point {
  readonly samples: number;
  readonly value: number;
}

/**
 * Where the curve of a quantity against samples first reaches the target. A mixture of two policies reaches every point
 * between theirs, so a straight line promises nothing that could not be had.
 */
export function reachOf(points: readonly Point[], target: number): Reach {
  const ordered = [...points].sort((a, b) => a.samples - b.samples || a.value - b.value);
  const place = ordered.findIndex(({ value }) => value >= target);
  const after = ordered[place];
  if (after === undefined) return { kind: "not-reached", best: Math.max(...ordered.map(({ value }) => value)) };
  const before = ordered[place - 1];
  if (before === undefined) return { kind: "loosest-suffices", samples: after.samples };
  const share = (target - before.value) / (after.value - before.value);
  return { kind: "interpolated", samples: before.samples + share * (after.samples - before.samples) };
}
