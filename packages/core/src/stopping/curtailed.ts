import { z } from "zod";
import type { Tally } from "../tally/tally.ts";
import type { TopTwo } from "../tally/top-two.ts";
import { defineRule, notBefore, type RuleContext, votesToSettledWeights } from "./rule.ts";

/** Sums of weights carry rounding; a lead must exceed what is left by this much to be called safe. Counts are exact. */
const rounding = 1e-9;

/**
 * Lossless: stop when the samples left could not change the answer of the full vote, ties going to the class seen first.
 * The most that one sample can move a lead is the largest weight (or, where weights may be negative, the smallest).
 */
export const curtailed = defineRule({
  name: "curtailed",
  parameters: () => z.strictObject({}),
  create: () => ({
    init: (context: RuleContext) => {
      const { min, max } = context.weightRange;
      return {
        swing: Math.max(max, -min),
        isCount: max === 1 && min === 1,
        settledFrom: votesToSettledWeights(context),
      };
    },
    observe: (state) => state,
    verdict({ swing, isCount, settledFrom }, tally, left) {
      // Until the weights are settled no lead is safe, and abstentions bring them no nearer to it.
      const unsettledVotes = settledFrom - tally.voteCount;
      if (unsettledVotes > 0) return notBefore(unsettledVotes, left);
      const top = isCount ? tally.byCount : tally.byWeight;
      if (isSettled(top, left * swing, isCount ? 0 : rounding)) {
        return { stop: true, answer: top.leader!.answer, reason: "curtailed", certificate: "curtailed" };
      }
      return notBefore(votesToSettle(tally, top, left, swing), left);
    },
  }),
});

/** Whether `reach`, the most that the samples left can add to a challenger, leaves the leader in front. */
export function isSettled(top: TopTwo, reach: number, slack = 0): boolean {
  const { leader, runnerUp } = top;
  if (leader === undefined) return false;
  const isFirst = runnerUp === undefined || runnerUp.weight < 0 || leader.id < runnerUp.id;
  return isFirst ? leadOf(top) >= reach + slack : leadOf(top) > reach + slack;
}

/** An answer nobody has given yet starts at 0, above a runner-up that negative weights have pushed below. */
function leadOf({ leader, runnerUp }: TopTwo): number {
  return (leader?.weight ?? 0) - Math.max(0, runnerUp?.weight ?? 0);
}

/**
 * Every vote for the leader adds to the lead and takes from what is left, so after m of them the lead is L + m·w against
 * (r − m)·w. A challenger starts behind and needs no fewer.
 */
function votesToSettle(tally: Tally, top: TopTwo, left: number, swing: number): number {
  if (swing === 0) return left;
  if (tally.voteCount === 0) return Math.ceil(left / 2);
  return Math.ceil((left - (leadOf(top) + rounding) / swing) / 2);
}
