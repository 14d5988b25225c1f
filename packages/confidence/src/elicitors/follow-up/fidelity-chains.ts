/** A chain of picks from its seed on, and the share of samples that gave the seed. */
export interface WeighedChain {
  readonly share: number;
  readonly picks: readonly string[];
}

/**
 * F(a) = Σ over chains of share · τ^i / Σ τ^k, i counted from the right end of the chain, so that the seed weighs most
 * (2404.02655, equations 4 and 5). Shares that sum to 1 give fidelities that sum to 1.
 */
export function fidelityOf(chains: readonly WeighedChain[], tau: number): ReadonlyMap<string, number> {
  const fidelity = new Map<string, number>();
  for (const { share, picks } of chains) {
    const weights = picks.map((_, place) => tau ** (picks.length - place));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    picks.forEach((pick, place) => {
      fidelity.set(pick, (fidelity.get(pick) ?? 0) + (share * weights[place]!) / total);
    });
  }
  return fidelity;
}

/** −Σ p ln p / ln M over the M options of the question, sampled or not (equation 6); 0 for one option. */
export function normalisedEntropy(shares: readonly number[], optionCount: number): number {
  if (optionCount < 2) return 0;
  const entropy = shares.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
  return entropy / Math.log(optionCount);
}
