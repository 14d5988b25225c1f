/** A 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Half-width of a 95 % interval in standard errors: Φ⁻¹(0.975). */
export const z95 = 1.959963984540054;
