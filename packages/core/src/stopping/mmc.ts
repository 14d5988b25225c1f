import { z } from "zod";
import type { Answer } from "../answer.ts";
import { type Bet, bets } from "./mmc-bets.ts";
import { defineRule, notBefore } from "./rule.ts";
import { errorRates } from "./sweep.ts";

/** Votes for the leader and against it, as one of the two tests has seen them. */
interface Stream {
  readonly successes: number;
  readonly failures: number;
}

interface Evidence {
  /** The first two before the next vote; who comes second is open while one answer only has been given. */
  readonly leader: Answer | undefined;
  readonly runnerUp: Answer | undefined;
  readonly againstRunnerUp: Stream;
  readonly againstRest: Stream;
  /** log of the evidence against each class being the most likely answer, and against one that nobody has given yet. */
  readonly against: ReadonlyMap<Answer, number>;
  readonly againstUnseen: number;
}

const noVotes: Stream = { successes: 0, failures: 0 };
const noEvidence: Evidence = {
  leader: undefined,
  runnerUp: undefined,
  againstRunnerUp: noVotes,
  againstRest: noVotes,
  against: new Map(),
  againstUnseen: 0,
};

/** Sums of logarithms round; a bound that is this much looser is still a bound. */
const rounding = 1e-9;

/**
 * Martingale majority certificate (2510.17472): the leader of the past votes is tested against the runner-up, and against
 * all others together; both tests must reach 1/δ, else it goes on. The second asks for close to an absolute majority, so
 * votes that spread over many answers are never certified.
 *
 * Leader and runner-up change. Products that run on through the change, as published, test a null that is weaker than "the
 * final leader is not the most likely answer". So here each possible answer m keeps the product of those factors that
 * tested it: against the runner-up where m was that, against the rest where m was in it, none where m led. Under "m is the
 * most likely answer" this is a supermartingale; a wrong leader can be certified only if the most likely answer reaches
 * 1/δ, which has probability at most δ, for any number of answers. Where the first two never change it is the published
 * rule, except that the first vote counts for nothing: it has no leader before it. While only one answer has been given
 * the runner-up is whichever comes next, so that unanimous votes are certified.
 */
export const mmc = defineRule({
  name: "mmc",
  sweep: { parameter: "delta", values: errorRates, strictness: "descending" },
  parameters: () =>
    z.strictObject({
      delta: z.number().gt(0).lt(1).default(0.05),
      update: z
        .enum(["mixture", "plug-in"], {
          error: ({ input }) =>
            `"${String(input)}" is not mixture or plug-in` +
            (String(input).startsWith("point") ? ": a point prior applied to past votes is no martingale" : ""),
        })
        .default("mixture"),
    }),
  create({ delta, update }) {
    const bet = bets[update];
    const enough = -Math.log(delta);
    return {
      init: (): Evidence => noEvidence,
      observe(evidence, sample, tally) {
        if (sample.kind === "abstention") return evidence;
        const { leader, runnerUp } = tally.byCount;
        if (evidence.leader === undefined) {
          return { ...evidence, leader: sample.answer, against: new Map([[sample.answer, 0]]) };
        }
        return { ...weighed(evidence, sample.answer, bet), leader: leader!.answer, runnerUp: runnerUp?.answer };
      },
      verdict(evidence, _, left) {
        let least = evidence.againstUnseen;
        let secondLeast = Number.POSITIVE_INFINITY;
        let leastWithoutLeader = least;
        for (const [answer, value] of evidence.against) {
          if (answer !== evidence.leader) leastWithoutLeader = Math.min(leastWithoutLeader, value);
          secondLeast = Math.min(secondLeast, Math.max(least, value));
          least = Math.min(least, value);
        }
        if (evidence.leader === undefined) return notBefore(1 + votesToGain(enough, evidence, bet, left), left);
        if (leastWithoutLeader < enough) return notBefore(votesToGain(enough - secondLeast, evidence, bet, left), left);
        return { stop: true, answer: evidence.leader, reason: "mmc", certificate: "anytime" };
      },
    };
  },
});

/** The evidence after a vote, when somebody was in front before it. */
function weighed(evidence: Evidence, vote: Answer, bet: Bet): Evidence {
  const { leader, runnerUp, againstRunnerUp, againstRest, againstUnseen } = evidence;
  const isForLeader = vote === leader;
  const isForRunnerUp = runnerUp === undefined ? !isForLeader : vote === runnerUp;
  const testsRunnerUp = isForLeader || isForRunnerUp;
  const testsRest = isForLeader || !isForRunnerUp;
  const byRunnerUp = testsRunnerUp ? bet(againstRunnerUp.successes, againstRunnerUp.failures, isForLeader) : 0;
  const byRest = testsRest ? bet(againstRest.successes, againstRest.failures, isForLeader) : 0;
  const against = new Map<Answer, number>();
  for (const [answer, value] of evidence.against) {
    against.set(answer, value + (answer === leader ? 0 : answer === runnerUp ? byRunnerUp : byRest));
  }
  if (!against.has(vote)) against.set(vote, againstUnseen + (runnerUp === undefined ? byRunnerUp : byRest));
  return {
    ...evidence,
    against,
    againstUnseen: againstUnseen + byRest,
    againstRunnerUp: testsRunnerUp ? counted(againstRunnerUp, isForLeader) : againstRunnerUp,
    againstRest: testsRest ? counted(againstRest, isForLeader) : againstRest,
  };
}

function counted({ successes, failures }: Stream, isSuccess: boolean): Stream {
  return isSuccess ? { successes: successes + 1, failures } : { successes, failures: failures + 1 };
}

/**
 * Fewest votes that add so much evidence, or `most`. A vote adds at most what a success does to the test that gains more
 * by it, and a success gains most after nothing but successes. All answers but one must gain, so the second-poorest sets
 * the number, whoever will lead.
 */
function votesToGain(missing: number, { againstRunnerUp, againstRest }: Evidence, bet: Bet, most: number): number {
  let gained = 0;
  for (let votes = 0; votes < most; votes += 1) {
    if (gained >= missing - rounding) return votes;
    gained += Math.max(
      bet(againstRunnerUp.successes + votes, againstRunnerUp.failures, true),
      bet(againstRest.successes + votes, againstRest.failures, true),
    );
  }
  return most;
}
