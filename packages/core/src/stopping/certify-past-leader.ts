import type { Answer } from "../answer.ts";
import type { Boundary } from "./boundary.ts";
import { notBefore, type StoppingRule } from "./rule.ts";

interface Ledger {
  /** Who led before the next vote. */
  readonly leader: Answer | undefined;
  /** Votes that went to whoever led just before. */
  readonly votesForLeader: number;
  readonly classes: ReadonlyMap<Answer, { readonly whileLeading: number; readonly whileNotLeading: number }>;
}

const neverVotedFor = { whileLeading: 0, whileNotLeading: 0 };
const empty: Ledger = { leader: undefined, votesForLeader: 0, classes: new Map() };

/**
 * Rejects answers one by one, and certifies the leader when all others are rejected, those included that nobody has given
 * yet. Against "m is the most likely answer" every vote is a bet on the class that led *before* it, unless that was m: a
 * vote for it is a success, one for m a failure. Whoever leads is then no likelier than m, and who leads is known before
 * the vote, so the bets of all leaders together are one supermartingale under this null. To certify a wrong answer the
 * most likely one must be rejected, which has probability at most δ: no factor for choosing the leader by the votes, none
 * for the number of answers, and a leader may be replaced.
 *
 * Needs evidence that is a supermartingale below ½ for bets as they come, so the prior must not reach below ½.
 */
export function certifyPastLeader(reason: string, boundary: Boundary): StoppingRule<Ledger> {
  return {
    init: () => empty,
    observe(ledger, sample, tally) {
      if (sample.kind === "abstention") return ledger;
      const leader = tally.byCount.leader!.answer;
      // The first vote finds nobody in front, and bets on nobody.
      if (ledger.leader === undefined) return { ...empty, leader, classes: new Map([[leader, neverVotedFor]]) };
      const isForLeader = sample.answer === ledger.leader;
      const { whileLeading, whileNotLeading } = ledger.classes.get(sample.answer) ?? neverVotedFor;
      return {
        leader,
        votesForLeader: ledger.votesForLeader + (isForLeader ? 1 : 0),
        classes: new Map(ledger.classes).set(
          sample.answer,
          isForLeader
            ? { whileLeading: whileLeading + 1, whileNotLeading }
            : { whileLeading, whileNotLeading: whileNotLeading + 1 },
        ),
      };
    },
    verdict({ leader, votesForLeader, classes }, _, left) {
      if (leader === undefined) return notBefore(1 + boundary(0), left);
      // Further votes for the leader until the class is rejected, for the two that lack most. A vote is worth one at most,
      // and all classes but one must be rejected: so many samples as the second lacks are needed, whoever will lead.
      let most = boundary(0) - votesForLeader;
      let second = Number.NEGATIVE_INFINITY;
      let mostWithoutLeader = most;
      for (const [answer, { whileLeading, whileNotLeading }] of classes) {
        const lacking = boundary(whileNotLeading) - (votesForLeader - whileLeading);
        if (answer !== leader) mostWithoutLeader = Math.max(mostWithoutLeader, lacking);
        second = Math.max(second, Math.min(most, lacking));
        most = Math.max(most, lacking);
      }
      if (mostWithoutLeader > 0) return notBefore(second, left);
      return { stop: true, answer: leader, reason, certificate: "anytime" };
    },
  };
}
