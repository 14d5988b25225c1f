import { z } from "zod";
import { boundedMemo } from "../numerics/bounded-memo.ts";
import { restaurantLead, type Seating } from "../numerics/restaurant-lead.ts";
import type { Tally } from "../tally/tally.ts";
import { defineRule, notBefore, type RuleContext } from "./rule.ts";
import { probabilityLevels } from "./sweep.ts";

/** Further votes that are looked at: the time for one state grows with their cube, and at 128 is some milliseconds. */
const mostFurther = 128;

/** The wave is looked for among so many further samples: the states to look at grow with their cube too. */
const mostNeedOf = (further: number): number => (further <= 64 ? 6 : 3);

/**
 * Adaptive-Consistency, Chinese-restaurant criterion (Aggarwal et al. 2305.11860, appendix C.3): stop when the probability
 * that the leader still leads at `horizon` samples reaches the level, votes going on as a Chinese-restaurant process. Without
 * a horizon it is the full vote, and at most the next 128 samples. `predictive` where it speaks of that very vote: counted,
 * and as many samples as are left.
 */
export const crp = defineRule({
  name: "crp",
  sweep: { parameter: "level", values: probabilityLevels, strictness: "ascending" },
  parameters: () =>
    z.strictObject({
      level: z.number().gt(0).lt(1).default(0.95),
      horizon: z.int().min(1).optional(),
    }),
  create: ({ level, horizon }) => ({
    init: ({ weightRange: { min, max }, weightsShift }: RuleContext) => ({
      isCount: min === 1 && max === 1 && !weightsShift,
    }),
    observe: (state) => state,
    verdict({ isCount }, tally, left) {
      const { leader } = tally.byCount;
      const ahead = (samples: number): number => {
        const toHorizon = horizon === undefined ? left : horizon - tally.sampleCount;
        return Math.max(0, Math.min(toHorizon - samples, mostFurther));
      };
      const seating = seatingOf(tally);
      if (leader !== undefined && leads(seating, ahead(0)) >= level) {
        const certificate = isCount && ahead(0) === left ? "predictive" : "heuristic";
        return { stop: true, answer: leader.answer, reason: "crp", certificate };
      }
      const mostNeed = Math.min(left, mostNeedOf(ahead(0)));
      let need = 1;
      while (need < mostNeed && !couldStop(seating, need, ahead(need), level)) need += 1;
      return notBefore(need, left);
    },
  }),
});

/** Before the first vote the leader is whoever gets it. */
function seatingOf(tally: Tally): Seating {
  const { leader } = tally.byCount;
  const others = tally.ranked().filter(({ id }) => id !== leader?.id);
  const votes = (isEarlier: boolean) =>
    others
      .filter(({ id }) => id < leader!.id === isEarlier)
      .map(({ count }) => count)
      .sort((a, b) => b - a);
  return { leader: leader?.count ?? 0, earlier: votes(true), later: votes(false) };
}

const memo = boundedMemo<number>(20_000);

/** What a value may be off by; a bound that is this much looser is still a bound. */
const rounding = 1e-10;

function leads(seating: Seating, further: number): number {
  const { leader, earlier, later } = seating;
  return memo(`${leader}:${earlier.join()}:${later.join()}:${further}`, () => restaurantLead(seating, further));
}

/**
 * Whether some tally after so many samples could stop. Take the tallies with so many abstentions and so many new answers: they
 * share the distribution of the concentration. For any one concentration, the tally that gives each new answer one vote and
 * the rest to the leader is best: run it side by side with another one so that its leader gets every vote that the other's
 * does and each of its challengers only what the other's counterpart does; then it leads whenever the other does. (A new
 * leader leaves the old one behind with at least as many votes as it had itself. Where ties are settled the other way, it had
 * fewer to start with, and is behind by one at least.) What is best for every concentration is best on average. Abstentions
 * and new answers change the distribution of the concentration, with an effect of either sign, so all of them are tried.
 */
function couldStop({ leader, earlier, later }: Seating, samples: number, further: number, level: number): boolean {
  for (let votes = samples; votes >= 0; votes -= 1) {
    for (let fresh = 0; fresh <= votes; fresh += 1) {
      if (leader + votes - fresh === 0) continue;
      const best = { leader: leader + votes - fresh, earlier, later: [...later, ...new Array<number>(fresh).fill(1)] };
      if (leads(best, further) >= level - rounding) return true;
    }
  }
  return false;
}
