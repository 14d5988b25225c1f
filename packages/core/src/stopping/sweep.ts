/**
 * A grid over the one parameter that says how strict a rule is. Evaluations replay the whole grid, so that rules are
 * compared at equal agreement instead of at levels that mean something else in each.
 */
export interface Sweep {
  /** The parameter's name, as in the policy. */
  readonly parameter: string;
  /** Values that the parameter's schema takes, ascending. */
  readonly values: readonly number[];
  /** `ascending`: larger values are stricter, so draw more samples. */
  readonly strictness: "ascending" | "descending";
}

/** Levels of rules that stop at a probability: dense near 1, where most of the samples are. All are above ½. */
export const probabilityLevels = [
  0.6, 0.7, 0.75, 0.8, 0.85, 0.87, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.975, 0.98, 0.99, 0.995, 0.999,
  0.9999,
] as const;

/** Of rules whose parameter bounds the chance of a wrong stop. */
export const errorRates = [0.0001, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9] as const;
