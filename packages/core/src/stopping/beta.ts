import { z } from "zod";
import { betaTail } from "../numerics/beta-tail.ts";
import { boundaryOf, perParameter } from "./boundary.ts";
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
    const boundary = boundaryAt(level);
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

/** Fewest leader votes that reach a level, by votes of the runner-up. */
export const boundaryAt = perParameter((level) =>
  boundaryOf((leader, runnerUp) => betaTail(leader, runnerUp) >= level),
);
