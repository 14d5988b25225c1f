import { logSumExp } from "../numerics/log-sum-exp.ts";

/** How the answers to one question were spread: positive shares, largest first. Only their ratios matter. */
export interface SpreadPrior {
  readonly frequencies: readonly number[];
  readonly weight: number;
}

interface Spread {
  readonly logWeight: number;
  /** Probabilities of the answers, largest first. */
  readonly probabilities: readonly number[];
}

/**
 * P(the leading answer is the most likely one), of counts only the two largest and the sum of the rest being known: the
 * L-aggregated posterior with L = 3 (Huang, Ma & Zhou 2602.05395). The prior says how answers may be spread, not which
 * answer has which share: any assignment is as likely as any other.
 */
export class ModePosterior {
  readonly #spreads: readonly Spread[];

  constructor(library: readonly SpreadPrior[]) {
    this.#spreads = library.map(({ frequencies, weight }) => {
      const sum = frequencies.reduce((total, frequency) => total + frequency, 0);
      return { logWeight: Math.log(weight), probabilities: frequencies.map((frequency) => frequency / sum) };
    });
  }

  /**
   * @param first votes of the leader, at least 1
   * @param second votes of the runner-up
   * @param rest votes of all others
   * @returns 0 for counts that no spread in the library can give
   */
  probability(first: number, second: number, rest: number): number {
    const isMode: number[] = [];
    const all: number[] = [];
    const counts = new AggregatedCounts(first, second, rest);
    for (const { logWeight, probabilities } of this.#spreads) {
      const scale = logWeight + (first + second) * Math.log(probabilities[0]!);
      const likelihood = counts.likelihood(probabilities);
      isMode.push(scale + Math.log(likelihood.isMode));
      all.push(scale + Math.log(likelihood.all));
    }
    const total = logSumExp(all);
    return total === Number.NEGATIVE_INFINITY ? 0 : Math.exp(logSumExp(isMode) - total);
  }
}

const leaderFound = 1;
const runnerUpFound = 2;

/**
 * How likely the counts are under a spread. Each answer in turn is the leader, the runner-up, or gets votes of the rest, none
 * more than the runner-up has. `ways` holds, by who was found, how many of the rest are tied with the runner-up and how many
 * votes the rest has so far, the sum of probabilities over all such assignments and the orders of their votes.
 */
class AggregatedCounts {
  readonly #first: number;
  readonly #second: number;
  readonly #rest: number;
  readonly #mostTied: number;
  /** With votes for one answer only there is no runner-up to be found. */
  readonly #complete: number;
  /**
   * Of `tied` answers of the rest with as many votes as the ones counted apart, chance has picked the latter:
   * 1/C(kept + tied, kept).
   */
  readonly #picked: readonly number[];

  constructor(first: number, second: number, rest: number) {
    this.#first = first;
    this.#second = second;
    this.#rest = rest;
    this.#mostTied = second === 0 ? 0 : Math.floor(rest / second);
    this.#complete = second === 0 ? leaderFound : leaderFound | runnerUpFound;
    const kept = first === second ? 2 : 1;
    const picked = [1];
    for (let tied = 1; tied <= this.#mostTied; tied += 1) picked.push((picked[tied - 1]! * tied) / (kept + tied));
    this.#picked = picked;
  }

  /**
   * With the likeliest answer as leader, and with any: both up to the same factor and to p(1)^(first + second). Of several
   * likeliest answers one counts as the mode, so that a tie is worth no more than its part.
   */
  likelihood(probabilities: readonly number[]): { readonly isMode: number; readonly all: number } {
    const largest = probabilities[0]!;
    let ways: Float64Array<ArrayBufferLike> = new Float64Array(
      (this.#complete + 1) * (this.#mostTied + 1) * (this.#rest + 1),
    );
    ways[0] = 1;
    for (const probability of probabilities.slice(1)) ways = this.#withAnswer(ways, probability, largest);
    return {
      isMode: this.#sum(ways, this.#complete & ~leaderFound),
      all: this.#sum(this.#withAnswer(ways, largest, largest), this.#complete),
    };
  }

  #withAnswer(ways: Float64Array, probability: number, largest: number): Float64Array {
    const asLeader = (probability / largest) ** this.#first;
    const asRunnerUp = (probability / largest) ** this.#second;
    const next = new Float64Array(ways.length);
    let place = 0;
    for (let who = 0; who <= this.#complete; who += 1) {
      for (let tied = 0; tied <= this.#mostTied; tied += 1) {
        for (let given = 0; given <= this.#rest; given += 1, place += 1) {
          const way = ways[place]!;
          if (way === 0) continue;
          const open = this.#complete & ~who;
          if (open & leaderFound) next[this.#placeOf(who | leaderFound, tied, given)]! += way * asLeader;
          if (open & runnerUpFound) next[this.#placeOf(who | runnerUpFound, tied, given)]! += way * asRunnerUp;
          let term = way;
          const most = Math.min(this.#second, this.#rest - given);
          for (let votes = 0; votes <= most; votes += 1) {
            if (votes > 0) term *= (probability * (given + votes)) / votes;
            const isTied = votes > 0 && votes === this.#second;
            next[this.#placeOf(who, isTied ? tied + 1 : tied, given + votes)]! += term;
          }
        }
      }
    }
    return next;
  }

  #sum(ways: Float64Array, who: number): number {
    return this.#picked.reduce((sum, weight, tied) => sum + weight * ways[this.#placeOf(who, tied, this.#rest)]!, 0);
  }

  #placeOf(who: number, tied: number, given: number): number {
    return (who * (this.#mostTied + 1) + tied) * (this.#rest + 1) + given;
  }
}
