import { z } from "zod";
import { defineRule, notBefore } from "./rule.ts";

/**
 * First to lead by `margin` votes. ConSol's SPRT and mixture SPRT are this rule with margin 3 at their defaults
 * (2503.17587); with two answers of probability p and 1 − p it errs with probability 1/(1 + (p/(1−p))^margin).
 */
export const lead = defineRule({
  name: "lead",
  parameters: () => z.strictObject({ margin: z.int().min(1).default(3) }),
  sweep: { parameter: "margin", values: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20], strictness: "ascending" },
  create: ({ margin }) => ({
    init: () => undefined,
    observe: () => undefined,
    verdict(_, tally, left) {
      const { leader, runnerUp } = tally.byCount;
      const need = margin - ((leader?.count ?? 0) - (runnerUp?.count ?? 0));
      if (leader === undefined || need > 0) return notBefore(need, left);
      return { stop: true, answer: leader.answer, reason: "lead", certificate: "heuristic" };
    },
  }),
});
