import { z } from "zod";
import { logMixtureRatio } from "../numerics/mixture-ratio.ts";
import { defineRule } from "./rule.ts";
import { areRatesOrdered, errorRates, ratesOrder, sequentialTest, testForm } from "./sequential-test.ts";

const defaults = {
  /** ConSol's. At these rates it is `lead` with a margin of 3 up to 256 votes, and stops at 127 : 127 and 128 : 128 too. */
  released: { prior: 1e6, alpha: 0.05, beta: 1 - 0.05 - 6e-5 },
  /** Ours: every share above one half alike, and "no difference" never accepted. Seven unanimous votes stop. */
  intended: { prior: 1, alpha: 0.05, beta: 0 },
};

/**
 * Mixture sequential probability ratio test, the mSPRT of ConSol (2503.17587): as `sprt`, with the share of the leader not
 * fixed but spread as Beta(prior, prior) above one half.
 */
export const msprt = defineRule({
  name: "msprt",
  parameters: () =>
    z
      .strictObject({ form: testForm, prior: z.number().min(0.01).max(1e7).optional(), ...errorRates })
      .transform(({ form, prior, alpha, beta }) => ({
        form,
        prior: prior ?? defaults[form].prior,
        alpha: alpha ?? defaults[form].alpha,
        beta: beta ?? defaults[form].beta,
      }))
      .refine(areRatesOrdered, ratesOrder),
  create: (parameters) =>
    sequentialTest("msprt", parameters, (leader, runnerUp) => logMixtureRatio(leader, runnerUp, parameters.prior)),
});
