/** How many replays took how many samples. */
export class SampleCounts {
  readonly #replays = new Map<number, number>();
  #total = 0;

  add(samples: number): void {
    this.#replays.set(samples, (this.#replays.get(samples) ?? 0) + 1);
    this.#total += 1;
  }

  /** Fewest samples first. */
  get histogram(): { readonly samples: number; readonly replays: number }[] {
    return [...this.#replays].sort(([a], [b]) => a - b).map(([samples, replays]) => ({ samples, replays }));
  }

  /** As `quantileOf` over every single replay; at least one must have been added. */
  quantile(share: number): number {
    const at = (this.#total - 1) * share;
    const below = Math.floor(at);
    const low = this.#atRank(below);
    return low + (this.#atRank(Math.min(below + 1, this.#total - 1)) - low) * (at - below);
  }

  #atRank(rank: number): number {
    let seen = 0;
    for (const { samples, replays } of this.histogram) {
      seen += replays;
      if (seen > rank) return samples;
    }
    throw new RangeError(`rank ${rank} of ${this.#total}`);
  }
}
