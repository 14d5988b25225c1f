import { logEValue } from "../numerics/e-value.ts";

/**
 * log of what the next vote multiplies a test by, after so many votes for the leader and against it: of 2θ for a success and 2(1 − θ) for a failure, θ ≥ ½ fixed by the votes
 * before it. So a test gains nothing on average while a success is no likelier than a failure. θ rises with successes and
 * falls with failures.
 */
export type Bet = (successes: number, failures: number, isSuccess: boolean) => number;

/** θ is the posterior mean under Jeffreys' prior truncated to θ > ½: over one stream the product is E(s, f). */
function mixture(successes: number, failures: number, isSuccess: boolean): number {
  const after = isSuccess ? rememberedE(successes + 1, failures) : rememberedE(successes, failures + 1);
  return after - rememberedE(successes, failures);
}

const eValues: number[][] = [];

function rememberedE(successes: number, failures: number): number {
  eValues[successes] ??= [];
  eValues[successes][failures] ??= logEValue(successes, failures);
  return eValues[successes][failures];
}

/** θ is the Krichevsky–Trofimov estimate, at least ½. */
function plugIn(successes: number, failures: number, isSuccess: boolean): number {
  const share = Math.max(0.5, (successes + 0.5) / (successes + failures + 1));
  return Math.log(2 * (isSuccess ? share : 1 - share));
}

/**
 * The published point prior is not among them: it applies the current estimate to all past votes, and that product is no
 * martingale. Nor is the published grid of 41 points in place of the integral, which moves the boundary both ways.
 */
export const bets = { mixture, "plug-in": plugIn } as const satisfies Record<string, Bet>;
