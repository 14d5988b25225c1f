import type { Interval } from "../statistics/interval.ts";
import { binomialTail } from "./binomial-tail.ts";
import { fallingRoot } from "./falling-root.ts";

/**
 * One-sided upper bound of a share after `successes` of `trials`: below the true share with probability at most alpha,
 * whatever it is (Clopper & Pearson 1934).
 */
export function clopperPearsonUpper(successes: number, trials: number, alpha: number): number {
  if (successes >= trials) return 1;
  return fallingRoot((share) => binomialTail(trials, share, successes), alpha, 0, 1);
}

/** One-sided lower bound: above the true share with probability at most alpha. */
export function clopperPearsonLower(successes: number, trials: number, alpha: number): number {
  return 1 - clopperPearsonUpper(trials - successes, trials, alpha);
}

/** The 95 % interval of a share. */
export function clopperPearsonInterval(successes: number, trials: number): Interval {
  return {
    low: clopperPearsonLower(successes, trials, 0.025),
    high: clopperPearsonUpper(successes, trials, 0.025),
  };
}
