/** 1/(1 + e^−x), without overflow on either side. */
export function logistic(logOdds: number): number {
  if (logOdds >= 0) return 1 / (1 + Math.exp(-logOdds));
  const odds = Math.exp(logOdds);
  return odds / (1 + odds);
}

/**
 * log(p/(1 − p)), held inside ±log((1 − clip)/clip), so that 0 and 1 are finite.
 *
 * @param clip in (0, ½): the probability that stands for everything below it, and 1 − clip for everything above
 */
export function clippedLogit(probability: number, clip: number): number {
  const limit = Math.log1p(-clip) - Math.log(clip);
  const logOdds = Math.log(Math.max(0, probability)) - Math.log1p(-Math.min(1, probability));
  return Math.min(limit, Math.max(-limit, logOdds));
}
