import type { Answer } from "../answer.ts";
import { Tally } from "../tally/tally.ts";
import type { Boundary } from "./boundary.ts";
import { notBefore, type StoppingRule } from "./rule.ts";

/** Before the pilot has voted there is no target. */
interface Pilot {
  readonly target: Answer | undefined;
  readonly targetVotes: number;
  /** The votes after the pilot. */
  readonly fresh: Tally;
}

const noTarget: Pilot = { target: undefined, targetVotes: 0, fresh: Tally.empty() };

/**
 * The plurality of the first `pilot` votes is the target, and only the votes after them can certify it, against every
 * other answer (CITE's intersection–union test, 2605.05873). Chosen before the evidence, so that the boundary need only
 * keep one comparison below δ: were the target not the most likely answer, it would have to win against that very one.
 * How many answers there are does not matter. A target that is not the most likely answer is never let go.
 */
export function certifyPilot(reason: string, boundary: Boundary, pilot: number): StoppingRule<Pilot> {
  return {
    init: () => noTarget,
    observe(state, sample, tally) {
      if (sample.kind === "abstention") return state;
      const { target, targetVotes, fresh } = state;
      if (target === undefined) {
        return tally.voteCount < pilot ? state : { ...noTarget, target: tally.byCount.leader!.answer };
      }
      return {
        target,
        targetVotes: targetVotes + (sample.answer === target ? 1 : 0),
        fresh: fresh.add(sample.answer, 1),
      };
    },
    verdict({ target, targetVotes, fresh }, tally, left) {
      if (target === undefined) return notBefore(pilot - tally.voteCount + boundary(0), left);
      const { leader, runnerUp } = fresh.byCount;
      const challenger = leader?.answer === target ? runnerUp : leader;
      const need = boundary(challenger?.count ?? 0) - targetVotes;
      if (need > 0) return notBefore(need, left);
      return { stop: true, answer: target, reason, certificate: "anytime" };
    },
  };
}
