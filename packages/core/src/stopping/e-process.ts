import { z } from "zod";
import { logEValue } from "../numerics/e-value.ts";
import { boundaryOf, perParameter } from "./boundary.ts";
import { byContext } from "./by-context.ts";
import { certifyLeader } from "./certify-leader.ts";
import { certifyPastLeader } from "./certify-past-leader.ts";
import { certifyPilot } from "./certify-pilot.ts";
import { defineRule } from "./rule.ts";
import { errorRates } from "./sweep.ts";

const name = "e-process";

/**
 * Certifies the most likely answer by pairwise e-processes, votes for one answer against votes for another under Jeffreys'
 * prior truncated to shares above ½ (CITE, 2605.05873): with independent samples of one distribution the probability that
 * it ever stops on an answer that is not the most likely one is at most δ, however often one looks. An answer that nobody
 * has given yet is a challenger with no votes.
 *
 * `target` is what may be certified. `leader`: whoever leads, at δ/(K − 1) for K possible answers (`answers`, else the
 * question's number of options). `past-leader`: the same, betting on whoever led before each vote; no K is needed, and the
 * first vote counts for nothing. `pilot`: the plurality of the first `pilot` votes, with the votes after them. Unless it is
 * named, `leader` for two answers and `past-leader` else, which then needs fewer samples: unanimous votes stop at 7 where
 * `leader` waits for 8 of four answers and a pilot of three for 9. Where K is not known `leader` is `past-leader` too.
 */
export const eProcess = defineRule({
  name,
  sweep: { parameter: "delta", values: errorRates, strictness: "descending" },
  parameters: () =>
    z.strictObject({
      delta: z.number().gt(0).lt(1).default(0.05),
      answers: z.int().min(2).optional(),
      target: z.enum(["leader", "past-leader", "pilot"]).optional(),
      pilot: z.int().min(1).default(3),
    }),
  create: ({ delta, answers, target, pilot }) =>
    byContext(({ optionCount }) => {
      const known = answers ?? optionCount;
      if (target === "pilot") return certifyPilot(name, boundaryAt(delta), pilot);
      if (known === undefined || (target ?? (known > 2 ? "past-leader" : "leader")) === "past-leader") {
        return certifyPastLeader(name, boundaryAt(delta));
      }
      return certifyLeader(name, boundaryAt(delta / Math.max(1, known - 1)), known);
    }),
});

const boundaryAt = perParameter((errorRate) => {
  const enough = -Math.log(errorRate);
  return boundaryOf((leader, other) => logEValue(leader, other) >= enough);
});
