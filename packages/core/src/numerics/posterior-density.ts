import { logBetaFront } from "./stirling.ts";

/** Up to this many votes (n + 1) · C(n, k) and all on the way to it are exact integers in a double. */
const exactVotes = 48;

/**
 * The density at ½ of Beta(successes + 1, failures + 1), the posterior of a share under a uniform prior:
 * (n + 1) · C(n, successes) / 2ⁿ for n = successes + failures, both integers ≥ 0. Exact for few votes, so that it may be
 * compared with ≤.
 */
export function posteriorDensityAtHalf(successes: number, failures: number): number {
  const votes = successes + failures;
  if (votes > exactVotes) return 4 * Math.exp(logBetaFront(successes + 1, failures + 1, 0.5));
  let ways = 1;
  for (let i = 0; i < failures; i += 1) ways = (ways * (votes - i)) / (i + 1);
  return ((votes + 1) * ways) / 2 ** votes;
}
