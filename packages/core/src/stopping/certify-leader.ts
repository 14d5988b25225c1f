import type { Boundary } from "./boundary.ts";
import { notBefore, type StoppingRule } from "./rule.ts";

/**
 * Certifies whoever leads against the runner-up. The votes choose the leader, so each of the K − 1 answers that are not
 * the most likely one gets its chance to be certified: the boundary must be passed by any one of them with probability at
 * most δ/(K − 1). Evidence falls with the other's votes, so the runner-up is the one to beat, and an answer that nobody
 * has given yet never is.
 *
 * With more answers than K the promise would be false: then it never stops.
 */
export function certifyLeader(reason: string, boundary: Boundary, answers: number): StoppingRule<undefined> {
  return {
    init: () => undefined,
    observe: () => undefined,
    verdict(_, tally, left) {
      const { leader, runnerUp } = tally.byCount;
      if (tally.classCount > answers) return notBefore(left, left);
      const need = boundary(runnerUp?.count ?? 0) - (leader?.count ?? 0);
      if (leader === undefined || need > 0) return notBefore(need, left);
      return { stop: true, answer: leader.answer, reason, certificate: "anytime" };
    },
  };
}
