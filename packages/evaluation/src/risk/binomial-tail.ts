/**
 * P(Bin(trials, probability) ≤ successes), every term summed in logarithms: nothing underflows, and nothing is
 * approximated. Costs one step a success.
 *
 * @param trials an integer ≥ 0
 * @param probability in [0,1]
 */
export function binomialTail(trials: number, probability: number, successes: number): number {
  if (successes < 0) return 0;
  if (successes >= trials || probability <= 0) return 1;
  if (probability >= 1) return 0;
  const logOdds = Math.log(probability) - Math.log1p(-probability);
  let logTerm = trials * Math.log1p(-probability);
  let largest = logTerm;
  let sum = 1;
  for (let i = 0; i < successes; i += 1) {
    logTerm += Math.log((trials - i) / (i + 1)) + logOdds;
    if (logTerm > largest) {
      sum = sum * Math.exp(largest - logTerm) + 1;
      largest = logTerm;
    } else sum += Math.exp(logTerm - largest);
  }
  return Math.min(1, Math.exp(largest) * sum);
}
