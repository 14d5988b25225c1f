/** Ranks such as .95 · 20 are whole numbers that come out a few bits off. */
const rounding = 1e-9;

/** ⌈(1 − ε)(n + 1)⌉; n + 1 means that no level is strict enough. */
export function conformalRank(count: number, epsilon: number): number {
  return Math.ceil((1 - epsilon) * (count + 1) - rounding);
}

/**
 * From each question's running maximum, the strictest value at which it would stop on another answer than the full vote's:
 * the value that must be exceeded, strictly, so that a further question stops so with probability at most epsilon, on
 * average over calibrations (split conformal prediction). Undefined: never stop early.
 */
export function conformalThreshold(maxima: readonly number[], epsilon: number): number | undefined {
  const rank = conformalRank(maxima.length, epsilon);
  return maxima.toSorted((a, b) => a - b)[rank - 1];
}

/** Fewest questions with which a level could be found: rank n + 1 must not be called for. */
export function fewestQuestionsToRank(epsilon: number): number {
  return Math.max(1, Math.ceil(1 / epsilon - 1 - rounding));
}
