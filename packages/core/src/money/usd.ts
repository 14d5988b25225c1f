/**
 * Dollars. Sums of token prices stay far below the range where doubles lose a thousandth of a cent; comparisons that
 * decide something allow for rounding with `roundingUsd`.
 */
export type Usd = number;

/** A millionth of a cent: above the rounding of any sum of a billion prices, below any price. */
export const roundingUsd: Usd = 1e-8;

/** A price that nobody knows is a kind of its own, never 0. */
export type KnownOrUnknown = Usd | "unknown";
