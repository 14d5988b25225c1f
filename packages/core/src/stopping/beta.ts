import { z } from "zod";
import { betaTail } from "../numerics/beta-tail.ts";
import { defineRule, notBefore } from "./rule.ts";
import { probabilityLevels } from "./sweep.ts";

/**
 * Adaptive-Consistency, Beta criterion (Aggarwal et al. 2305.11860): stop when the posterior probability that the leader
 * is more likely than the runner-up reaches the level. A sign test repeated after every vote, so the level is no error
 * rate: at .55/.45 it stops on the wrong answer in 12 % of runs. Hence `heuristic`.
 */
export const beta = defineRule({
  name: "beta",
  parameters: () => z.strictObject({ level: z.number().gt(0.5).lt(1).default(0.95) }),
  sweep: { parameter: "level", values: probabilityLevels, strictness: "ascending" },
  create({ level }) {
    const boundary = boundaryOf(level);
    return {
      init: () => undefined,
      observe: () => undefined,
      verdict(_, tally, left) {
        const { leader, runnerUp } = tally.byCount;
        const need = boundary(runnerUp?.count ?? 0) - (leader?.count ?? 0);
        if (leader === undefined || need > 0) return notBefore(need, left);
        return { stop: true, answer: leader.answer, reason: "beta", certificate: "heuristic" };
      },
    };
  },
});

/** Fewest leader votes that stop, by level and votes of the runner-up. A table, since every question asks again. */
const boundaries = new Map<number, number[]>();

/**
 * The boundary rises with the runner-up's votes, so a challenger with fewer votes than the leader needs at least as
 * many more: boundary − leader is the least number of further votes that can stop.
 */
function boundaryOf(level: number): (runnerUp: number) => number {
  let known = boundaries.get(level);
  if (known === undefined) {
    known = [];
    boundaries.set(level, known);
  }
  const table = known;
  return (runnerUp) => {
    while (table.length <= runnerUp) {
      const next = table.length;
      let leader = Math.max(next, table[next - 1] ?? 1);
      while (betaTail(leader, next) < level) leader += 1;
      table.push(leader);
    }
    return table[runnerUp]!;
  };
}
