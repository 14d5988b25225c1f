/**
 * The samples of a run, counted as its money is: spent are those that may have been billed, reserved those in flight. Always
 * spent + reserved ≤ total. A value: every operation returns a new one.
 */
export interface SampleTotal {
  /** Absent: no limit. */
  readonly total?: number;
  readonly spent: number;
  readonly reserved: number;
}

export const noSamples: SampleTotal = { spent: 0, reserved: 0 };

/** `later`: it does not fit now, but what is in flight may turn out not to be billed. `never`: nothing is in flight. */
export function reserveSamples(count: SampleTotal, samples: number): SampleTotal | "later" | "never" {
  const { total = Number.POSITIVE_INFINITY, spent, reserved } = count;
  if (samples > 0 && spent + reserved + samples > total) return reserved > 0 ? "later" : "never";
  return { ...count, reserved: reserved + samples };
}

export function spendSamples(count: SampleTotal, samples: number): SampleTotal {
  return { ...releaseSamples(count, samples), spent: count.spent + samples };
}

export function releaseSamples(count: SampleTotal, samples: number): SampleTotal {
  return { ...count, reserved: count.reserved - samples };
}
