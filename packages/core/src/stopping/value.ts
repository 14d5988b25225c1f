import { z } from "zod";
import { betaTail } from "../numerics/beta-tail.ts";
import type { Tally } from "../tally/tally.ts";
import { expectedGains } from "./expected-gain.ts";
import { defineRule, notBefore } from "./rule.ts";

/**
 * Votes beyond the lead that are looked at. Only with prices a thousand times below the worth of an answer and a full vote
 * of hundreds could looking further pay.
 */
const farthest = 128;

/** Further samples for which stopping is ruled out one by one; beyond, the wave is no larger. */
const longestSearch = 12;

/** States remembered by one rule: a full vote of 40 has a few thousand. */
const mostKnown = 200_000;

/**
 * Value of information: stop when no number m of further samples is expected to gain more than it costs, that is when
 * ΔR(m)·answerUsd − m·sampleUsd − roundSeconds·secondUsd ≤ 0 for every m from lead + 1 to what is left. R is
 * P(the leader is the more likely of the top two), a Beta posterior. Fewer than lead + 1 votes cannot change the answer, so a
 * rule that looks one ahead stops as soon as the lead is 1. An economic choice under a model of the votes, and no bound on
 * anything: `heuristic`.
 */
export const value = defineRule({
  name: "value",
  parameters: () =>
    z.strictObject({
      /** Dollars that a right answer is worth. */
      answerUsd: z.number().gt(0),
      /** Dollars that one more sample costs. */
      sampleUsd: z.number().min(0),
      /** Dollars that a second of waiting costs. */
      secondUsd: z.number().min(0).default(0),
      /** Seconds that a further round takes. */
      roundSeconds: z.number().min(0).default(0),
    }),
  create({ answerUsd, sampleUsd, secondUsd, roundSeconds }) {
    const worth = new Worth(sampleUsd / answerUsd, (secondUsd * roundSeconds) / answerUsd);
    return {
      init: () => undefined,
      observe: () => undefined,
      verdict(_, tally, left) {
        const standing = standingOf(tally);
        const { leader } = tally.byCount;
        if (leader === undefined || left <= 0 || worth.goingOn(standing, left)) {
          return notBefore(worth.samplesToStop(standing, left), left);
        }
        return { stop: true, answer: leader.answer, reason: "value", certificate: "heuristic" };
      },
    };
  },
});

/** Samples of the two leading answers and of every other kind, abstentions included. */
interface Counts {
  readonly leader: number;
  readonly runnerUp: number;
  readonly others: number;
}

function standingOf({ byCount: { leader, runnerUp }, sampleCount }: Tally): Counts {
  const [first, second] = [leader?.count ?? 0, runnerUp?.count ?? 0];
  return { leader: first, runnerUp: second, others: sampleCount - first - second };
}

/** Prices in units of a right answer. */
class Worth {
  readonly #samplePrice: number;
  readonly #roundPrice: number;
  readonly #known = new Map<string, boolean>();

  constructor(samplePrice: number, roundPrice: number) {
    this.#samplePrice = samplePrice;
    this.#roundPrice = roundPrice;
  }

  /** Whether some number of further samples is worth its price. */
  goingOn({ leader, runnerUp, others }: Counts, left: number): boolean {
    const key = `${leader} ${runnerUp} ${others} ${left}`;
    let isWorth = this.#known.get(key);
    if (isWorth === undefined) {
      isWorth = this.#isWorth(leader, runnerUp, others, left);
      if (this.#known.size >= mostKnown) this.#known.clear();
      this.#known.set(key, isWorth);
    }
    return isWorth;
  }

  #isWorth(leader: number, runnerUp: number, others: number, left: number): boolean {
    const fewest = leader - runnerUp + 1;
    // Nothing can gain more than being sure would.
    const mostGain = 1 - betaTail(leader, runnerUp);
    if (fewest > left || mostGain <= fewest * this.#samplePrice + this.#roundPrice) return false;
    const affordable = Math.ceil((mostGain - this.#roundPrice) / this.#samplePrice);
    const most = Math.min(left, fewest + farthest, affordable);
    const gains = expectedGains(leader, runnerUp, others, most);
    for (let more = fewest; more <= most; more += 1) {
      if (gains[more]! > more * this.#samplePrice + this.#roundPrice) return true;
    }
    return false;
  }

  /**
   * The fewest further samples after which the rule could stop. Sorted counts never fall, and a sample raises the sum of
   * the two largest by at most one: so after t samples each of leader, runner-up and the rest has grown, by t together.
   * Every such state is looked at, for t = 1, 2, … until one stops; a search that ends without one has still ruled out all
   * it looked at.
   */
  samplesToStop({ leader, runnerUp, others }: Counts, left: number): number {
    const search = Math.min(left - 1, longestSearch);
    for (let more = 1; more <= search; more += 1) {
      for (let forLeader = more; forLeader >= 0; forLeader -= 1) {
        for (let forRunnerUp = 0; forRunnerUp <= more - forLeader; forRunnerUp += 1) {
          const counts = {
            leader: leader + forLeader,
            runnerUp: runnerUp + forRunnerUp,
            others: others + more - forLeader - forRunnerUp,
          };
          if (counts.leader === 0 || counts.runnerUp > counts.leader) continue;
          if (!this.goingOn(counts, left - more)) return more;
        }
      }
    }
    return search + 1;
  }
}
