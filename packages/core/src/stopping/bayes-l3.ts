import { z } from "zod";
import { ModePosterior } from "./mode-posterior.ts";
import { defineRule, notBefore } from "./rule.ts";

/** Looking further ahead costs more than the rounds it saves; need is then a bound that could be larger. */
const votesAhead = 8;

/**
 * Optimal Bayesian stopping with L = 3 (Huang, Ma & Zhou 2602.05395): stop when the posterior probability that the leader is
 * the most likely answer reaches the level. `library` is the prior: how the answers to other questions were spread, as
 * counts or frequencies, largest first. A library made from the questions that are decided with it knows what it is
 * asked. The probability holds under that prior and for independent votes: hence `predictive`.
 */
export const bayesL3 = defineRule({
  name: "bayes-l3",
  parameters: () =>
    z.strictObject({
      library: z
        .array(
          z.strictObject({
            frequencies: z
              .array(z.number().gt(0))
              .min(1)
              .max(200)
              .refine((shares) => shares.every((share, i) => i === 0 || share <= shares[i - 1]!), "largest first"),
            weight: z.number().gt(0).default(1),
          }),
        )
        .min(1)
        .max(2000),
      level: z.number().gt(0.5).lt(1).default(0.95),
    }),
  create({ library, level }) {
    const counts = new CountsThatStop(new ModePosterior(library), level);
    return {
      init: () => undefined,
      observe: () => undefined,
      verdict(_, tally, left) {
        const { leader, runnerUp } = tally.byCount;
        const first = leader?.count ?? 0;
        const second = runnerUp?.count ?? 0;
        const rest = tally.voteCount - first - second;
        if (leader !== undefined && counts.stop(first, second, rest)) {
          return { stop: true, answer: leader.answer, reason: "bayes-l3", certificate: "predictive" };
        }
        return notBefore(counts.leastVotes(first, second, rest, left), left);
      },
    };
  },
});

/** Verdicts by counts, remembered over all questions: the posterior costs far more than to look one up. */
class CountsThatStop {
  readonly #posterior: ModePosterior;
  readonly #level: number;
  readonly #stops = new Map<number, boolean>();
  /** Of counts: within so many further votes nothing stops. */
  readonly #cleared = new Map<number, number>();

  constructor(posterior: ModePosterior, level: number) {
    this.#posterior = posterior;
    this.#level = level;
  }

  stop(first: number, second: number, rest: number): boolean {
    const key = keyOf(first, second, rest);
    let known = this.#stops.get(key);
    if (known === undefined) {
      known = this.#posterior.probability(first, second, rest) >= this.#level;
      this.#stops.set(key, known);
    }
    return known;
  }

  /**
   * A vote raises exactly one of the largest count, the second largest and the sum of the rest, and lowers none, also when
   * answers change places. So all that m votes can lead to are the counts with m more in these three.
   */
  leastVotes(first: number, second: number, rest: number, left: number): number {
    const key = keyOf(first, second, rest);
    let cleared = this.#cleared.get(key) ?? 0;
    const horizon = Math.min(left, votesAhead);
    while (cleared < horizon && !this.#someStop(first, second, rest, cleared + 1)) cleared += 1;
    this.#cleared.set(key, cleared);
    return cleared + 1;
  }

  #someStop(first: number, second: number, rest: number, votes: number): boolean {
    for (let toRest = 0; toRest <= votes; toRest += 1) {
      for (let toSecond = 0; toSecond <= votes - toRest; toSecond += 1) {
        const [one, two, others] = [first + votes - toRest - toSecond, second + toSecond, rest + toRest];
        if (one >= two && (two > 0 || others === 0) && this.stop(one, two, others)) return true;
      }
    }
    return false;
  }
}

/** Counts are below 2^17, so that three fit into a number. */
function keyOf(first: number, second: number, rest: number): number {
  return (first * 131_072 + second) * 131_072 + rest;
}
