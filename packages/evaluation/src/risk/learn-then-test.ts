import { binomialTail } from "./binomial-tail.ts";
import { clopperPearsonUpper } from "./clopper-pearson.ts";
import { hoeffdingBentkus, hoeffdingBentkusUpper } from "./hoeffding-bentkus.ts";

/** Losses of one level over independent questions. */
export interface Losses {
  readonly count: number;
  /** Of losses in [0,1]. */
  readonly sum: number;
  /** By how they were taken, not by how they came out: every loss is 0 or 1. */
  readonly isBinary: boolean;
}

interface Test {
  readonly pValue: number;
  /** Of the risk, one-sided at confidence 1 − δ. */
  readonly upperBound: number;
  readonly passed: boolean;
}

/** Tests "the risk is over epsilon": exactly where losses are 0 or 1, by Hoeffding–Bentkus where they are means. */
export function riskTest({ count, sum, isBinary }: Losses, epsilon: number, delta: number): Test {
  const pValue = isBinary ? binomialTail(count, epsilon, sum) : hoeffdingBentkus(count, epsilon, sum / count);
  const upperBound = isBinary
    ? clopperPearsonUpper(sum, count, delta)
    : hoeffdingBentkusUpper(count, sum / count, delta);
  return { pValue, upperBound, passed: pValue <= delta };
}

/**
 * Fixed-sequence testing (learn then test, 2110.01052): levels from strict to loose, up to the first that fails. Every
 * level that passed has a risk of at most epsilon, all at once with probability 1 − δ; one behind a failure has not been
 * shown to, however well it looks.
 */
export function learnThenTest<Level extends Losses>(
  strictToLoose: readonly Level[],
  epsilon: number,
  delta: number,
): readonly (Level & Test)[] {
  const path: (Level & Test)[] = [];
  for (const level of strictToLoose) {
    const test = riskTest(level, epsilon, delta);
    path.push({ ...level, ...test });
    if (!test.passed) break;
  }
  return path;
}

/** Fewest questions with which a level could pass, not one of them lost: (1 − ε)ⁿ ≤ δ. */
export function fewestQuestionsToTest(epsilon: number, delta: number): number {
  return Math.ceil(Math.log(delta) / Math.log1p(-epsilon));
}
