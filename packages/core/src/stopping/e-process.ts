import { z } from "zod";
import { logEValue } from "../numerics/e-value.ts";
import { boundaryOf, perParameter } from "./boundary.ts";
import { byContext } from "./by-context.ts";
import { certifyLeader } from "./certify-leader.ts";
import { certifyPastLeader } from "./certify-past-leader.ts";
import { certifyPilot } from "./certify-pilot.ts";
import { defineRule } from "./rule.ts";

const name = "e-process";

/**
 * Certifies the most likely answer by pairwise e-processes, votes for one answer against votes for another under Jeffreys'
 * prior truncated to shares above ½ (CITE, 2605.05873): with independent samples of one distribution the probability that
 * it ever stops on an answer that is not the most likely one is at most δ, however often one looks. An answer that nobody
 * has given yet is a challenger with no votes.
 *
 * `target` is what may be certified: the `leader`, for K possible answers at δ/(K − 1) (K is `answers`, else the question's
 * number of options); a target fixed by a `pilot`; or the `past-leader`, betting on whoever led before each vote. Without
 * K `leader` cannot be had, and is `past-leader`: no answer is unanimous sooner than by its first vote and those that the
 * boundary asks for, a pilot of one waits as long and cannot change its mind, a longer one waits longer.
 */
export const eProcess = defineRule({
  name,
  parameters: () =>
    z.strictObject({
      delta: z.number().gt(0).lt(1).default(0.05),
      answers: z.int().min(2).optional(),
      target: z.enum(["leader", "past-leader", "pilot"]).default("leader"),
      pilot: z.int().min(1).default(3),
    }),
  create: ({ delta, answers, target, pilot }) =>
    byContext(({ optionCount }) => {
      const known = answers ?? optionCount;
      if (target === "pilot") return certifyPilot(name, boundaryAt(delta), pilot);
      if (target === "past-leader" || known === undefined) return certifyPastLeader(name, boundaryAt(delta));
      return certifyLeader(name, boundaryAt(delta / Math.max(1, known - 1)), known);
    }),
});

const boundaryAt = perParameter((errorRate) => {
  const enough = -Math.log(errorRate);
  return boundaryOf((leader, other) => logEValue(leader, other) >= enough);
});
