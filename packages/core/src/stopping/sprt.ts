import { z } from "zod";
import { defineRule } from "./rule.ts";
import { areRatesOrdered, errorRates, ratesOrder, sequentialTest, testForm } from "./sequential-test.ts";

const defaults = {
  /** ConSol's. At these rates it is `lead` with a margin of 3 up to 256 votes, which is as many as ConSol draws. */
  released: { p1: 0.5001, alpha: 0.05, beta: 1 - 0.05 - 2.4e-5 },
  /** Ours: three votes in four for the leader. Eight unanimous votes stop; 11 : 11 accepts "no difference". */
  intended: { p1: 0.75, alpha: 0.05, beta: 0.05 },
};

/**
 * Wald's sequential probability ratio test, the SPRT of ConSol (2503.17587): does the leader take the share `p1` of the votes
 * for itself and the runner-up, or half of them?
 */
export const sprt = defineRule({
  name: "sprt",
  parameters: () =>
    z
      .strictObject({ form: testForm, p1: z.number().gt(0.5).lt(1).optional(), ...errorRates })
      .transform(({ form, p1, alpha, beta }) => ({
        form,
        p1: p1 ?? defaults[form].p1,
        alpha: alpha ?? defaults[form].alpha,
        beta: beta ?? defaults[form].beta,
      }))
      .refine(areRatesOrdered, ratesOrder),
  create(parameters) {
    const gain = Math.log(2 * parameters.p1);
    const loss = Math.log(2 * (1 - parameters.p1));
    return sequentialTest("sprt", parameters, (leader, runnerUp) => leader * gain + runnerUp * loss);
  },
});
