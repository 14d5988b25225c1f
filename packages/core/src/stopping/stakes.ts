/** The fractions λ that are staked, each with equal weight: 2^−i and 1 − 2^−i for i = 1…powers, ½ once. */
export class Stakes {
  readonly #fractions: readonly number[];
  /** What one vote can add to the log-wealth of each stake at most: log(1 + λ). */
  readonly #mostPerVote: readonly number[];
  /** What a vote against takes away: log(1 − λ). */
  readonly #leastPerVote: readonly number[];

  constructor(powers: number) {
    const fractions = new Set<number>();
    for (let i = 1; i <= powers; i += 1) fractions.add(2 ** -i).add(1 - 2 ** -i);
    this.#fractions = [...fractions];
    this.#mostPerVote = this.#fractions.map((fraction) => Math.log1p(fraction));
    this.#leastPerVote = this.#fractions.map((fraction) => Math.log1p(-fraction));
  }

  /** Log-wealths before the first vote. */
  get none(): Float64Array {
    return new Float64Array(this.#fractions.length);
  }

  /** Σ log(1 + λ d) after one more vote with difference d, in [−1,1]. */
  after(logWealth: Float64Array, difference: number): Float64Array {
    // Plain votes know no other differences.
    if (difference === 0) return logWealth;
    if (difference === 1) return logWealth.map((sum, i) => sum + this.#mostPerVote[i]!);
    if (difference === -1) return logWealth.map((sum, i) => sum + this.#leastPerVote[i]!);
    return logWealth.map((sum, i) => sum + Math.log1p(this.#fractions[i]! * difference));
  }

  /** log of the mean wealth, were so many further votes to add all that they can. */
  logMean(logWealth: Float64Array, furtherVotes = 0): number {
    let largest = Number.NEGATIVE_INFINITY;
    const mostPerVote = this.#mostPerVote;
    for (let i = 0; i < mostPerVote.length; i += 1) {
      largest = Math.max(largest, logWealth[i]! + furtherVotes * mostPerVote[i]!);
    }
    let sum = 0;
    for (let i = 0; i < mostPerVote.length; i += 1) {
      sum += Math.exp(logWealth[i]! + furtherVotes * mostPerVote[i]! - largest);
    }
    return largest + Math.log(sum / mostPerVote.length);
  }
}
