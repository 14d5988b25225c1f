import { z } from "zod";
import { boundedMemo } from "../numerics/bounded-memo.ts";
import { dirichletLead } from "../numerics/dirichlet-lead.ts";
import type { Tally } from "../tally/tally.ts";
import { boundaryAt } from "./beta.ts";
import { defineRule, notBefore, type RuleContext } from "./rule.ts";
import { probabilityLevels } from "./sweep.ts";

/**
 * Adaptive-Consistency, Dirichlet criterion (Aggarwal et al. 2305.11860): stop when the posterior probability that the
 * leader is the most likely of all answers reaches the level. Exact, where the released code draws at random and looks at
 * the five largest counts. As there, below three answers it is the Beta criterion, else a single answer would be certain.
 *
 * Answers that the question lists count from the start, with no votes: over the ones seen alone, 4 : 0 : 0 would be worth
 * .969 and not .942. `answers: "seen"` ignores the list as the released code does; a number stands in for a missing list.
 * `heuristic` for the same reason as `beta`.
 */
export const dirichlet = defineRule({
  name: "dirichlet",
  sweep: { parameter: "level", values: probabilityLevels, strictness: "ascending" },
  parameters: () =>
    z.strictObject({
      level: z.number().gt(0.5).lt(1).default(0.95),
      answers: z.union([z.enum(["listed", "seen"]), z.int().min(2)]).default("listed"),
    }),
  create({ level, answers }) {
    const boundary = boundaryAt(level);
    return {
      init: ({ optionCount }: RuleContext): number =>
        answers === "seen" ? 0 : (optionCount ?? (answers === "listed" ? 0 : answers)),
      observe: (known: number) => known,
      verdict(known, tally, left) {
        const { leader, runnerUp } = tally.byCount;
        const count = leader?.count ?? 0;
        const least = boundary(runnerUp?.count ?? 0);
        const isPair = known <= 2 && tally.voteCount === count + (runnerUp?.count ?? 0);
        const others = isPair ? undefined : otherCounts(tally, known);
        if (leader !== undefined && count >= least && (others === undefined || leads(count, others) >= level)) {
          return { stop: true, answer: leader.answer, reason: "dirichlet", certificate: "heuristic" };
        }
        return notBefore(others === undefined ? least - count : votesToLead(count, least, left, others, level), left);
      },
    };
  },
});

/** Votes of all answers but the leader, most first, and the same as a key. */
interface Others {
  readonly counts: readonly number[];
  readonly key: string;
}

function otherCounts(tally: Tally, known: number): Others {
  const counts = tally.counts();
  while (counts.length < known) counts.push(0);
  counts.shift();
  return { counts, key: counts.join() };
}

const memo = boundedMemo<number>(20_000);

/** What a value may be off by; a bound that is this much looser is still a bound. */
const rounding = 1e-10;

function leads(leader: number, others: Others): number {
  return memo(`${leader}:${others.key}`, () => dirichletLead(leader, others.counts));
}

/**
 * With a gamma variable for each answer the value is P(G₁ > max G_j). A vote for the leader raises G₁; any other vote, or an
 * answer not seen before, raises the maximum. So after m samples the leader is best off with m more votes. A challenger that
 * gets all m is no better off than the leader would be: it started lower, and what it leaves behind is higher. Hence the
 * least m that lifts the leader to the level is the least that can stop. The probability of beating the runner-up alone is
 * never smaller, so the search starts at the boundary of the Beta criterion, `least`.
 */
function votesToLead(leader: number, least: number, left: number, others: Others, level: number): number {
  let votes = Math.max(leader + 1, least);
  while (votes < leader + left && leads(votes, others) < level - rounding) votes += 1;
  return votes - leader;
}
