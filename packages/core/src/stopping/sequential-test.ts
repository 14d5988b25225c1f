import { z } from "zod";
import type { TopTwo } from "../tally/top-two.ts";
import { notBefore, type StoppingRule } from "./rule.ts";

/**
 * `released`: as in ConSol's code, where accepting "no difference" stops too, with the leader. `intended`: as the test was
 * meant; accepting "no difference" ends the test, and the full vote decides.
 */
export const testForm = z.enum(["released", "intended"]).default("released");

/** Chance of an error of the first and of the second kind that the test was set up for, together less than 1. */
export const errorRates = {
  alpha: z.number().gt(0).lt(1).optional(),
  beta: z.number().min(0).lt(1).optional(),
};

export interface TestParameters {
  readonly form: z.infer<typeof testForm>;
  readonly alpha: number;
  readonly beta: number;
}

/** A test whose two limits have changed places would stop at once. */
export const areRatesOrdered = ({ alpha, beta }: TestParameters): boolean => alpha + beta < 1;
export const ratesOrder = { path: ["beta"], message: "alpha and beta must be less than 1 together" };

/**
 * Wald's sequential test of "the leader of two is more likely" against "both are equally likely", on the votes of leader and
 * runner-up. Its error rates hold for two answers named in advance; here the votes choose the two, among any number, so it
 * promises nothing: for a bound there is the e-process.
 *
 * @param logRatio log of the likelihood ratio for leader ≥ runner-up ≥ 0: 0 at 0 : 0, rises with the leader's votes, falls
 *   with the runner-up's and with both together
 */
export function sequentialTest(
  reason: string,
  { form, alpha, beta }: TestParameters,
  logRatio: (leader: number, runnerUp: number) => number,
): StoppingRule<"open" | "no difference"> {
  const difference = Math.log((1 - beta) / alpha);
  const noDifference = Math.log(beta / (1 - alpha));
  const acceptsNone = ({ leader, runnerUp }: TopTwo): boolean =>
    logRatio(leader?.count ?? 0, runnerUp?.count ?? 0) <= noDifference;
  return {
    init: () => "open",
    observe: (state, _, { byCount }) => (form === "intended" && acceptsNone(byCount) ? "no difference" : state),
    verdict(state, { byCount }, left) {
      if (state === "no difference") return notBefore(left, left);
      const leader = byCount.leader?.count ?? 0;
      const runnerUp = byCount.runnerUp?.count ?? 0;
      const stops = logRatio(leader, runnerUp) >= difference || (form === "released" && acceptsNone(byCount));
      if (byCount.leader !== undefined && stops) {
        return { stop: true, answer: byCount.leader.answer, reason, certificate: "heuristic" };
      }
      let need = 1;
      while (need < left && !couldStop(leader, runnerUp, need)) need += 1;
      return notBefore(need, left);
    },
  };

  /**
   * The ratio is greatest when all votes go to the leader; a challenger has fewer votes and a stronger rival. It is least when
   * they go to the runner-up until it is level, then to both in turn, an odd one to somebody else. Either bound only gets
   * wider with more votes, so the first number that reaches a limit is the least.
   */
  function couldStop(leader: number, runnerUp: number, votes: number): boolean {
    if (logRatio(leader + votes, runnerUp) >= difference) return true;
    if (form === "intended") return false;
    const level = Math.max(leader, Math.floor((leader + runnerUp + votes) / 2));
    return logRatio(level, Math.min(level, runnerUp + votes)) <= noDifference;
  }
}
