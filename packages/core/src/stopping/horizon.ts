import { z } from "zod";
import { probabilityToKeepLead } from "../numerics/predictive.ts";
import type { Tally } from "../tally/tally.ts";
import { type Certificate, defineRule, notBefore } from "./rule.ts";
import { probabilityLevels } from "./sweep.ts";

/**
 * Stop when the leader would probably still lead at the full vote: the predictive probability over the samples left, under
 * a uniform prior on the classes' shares, reaches the level. `categories: 2` sends every sample left to one of the first
 * two, 3 lets the others have theirs. What is left is the full vote less all samples so far, votes for anything and
 * abstentions alike.
 *
 * `ties` says who wins a tie with the runner-up at the end. The full vote gives it to the class seen first, so for a leader
 * that was seen first `kept` is right and for one that came from behind `lost` is; `first-seen` looks which.
 *
 * The promise is about counted votes; where votes weigh differently the full vote is another one, and there is none.
 */
export const horizon = defineRule({
  name: "horizon",
  sweep: { parameter: "level", values: probabilityLevels, strictness: "ascending" },
  parameters: () =>
    z.strictObject({
      level: z.number().gt(0.5).lt(1).default(0.975),
      ties: z.enum(["first-seen", "kept", "lost"]).default("first-seen"),
      categories: z.union([z.literal(2), z.literal(3)]).default(2),
    }),
  create({ level, ties, categories }) {
    const whenKept = boundaryFor(level, categories, true);
    const whenLost = boundaryFor(level, categories, false);
    return {
      init: ({ weightRange: { min, max }, weightsShift }): Certificate =>
        min === 1 && max === 1 && !weightsShift ? "predictive" : "heuristic",
      observe: (certificate) => certificate,
      verdict(certificate, tally, left) {
        const { leader } = tally.byCount;
        const isKept = ties === "kept" || (ties === "first-seen" && isFirstSeen(tally));
        const need = (isKept ? whenKept : whenLost)(tally, left) - (leader?.count ?? 0);
        if (leader === undefined || need > 0) return notBefore(need, left);
        return { stop: true, answer: leader.answer, reason: "horizon", certificate };
      },
    };
  },
});

/** Whether the leader was seen before the runner-up; an answer that nobody has given yet would come later. */
function isFirstSeen({ byCount: { leader, runnerUp } }: Tally): boolean {
  return leader === undefined || runnerUp === undefined || leader.id < runnerUp.id;
}

/**
 * Fewest leader votes that stop, everything else staying as it is: with each the samples left are one fewer. The value
 * rises along this path, being the mean of what it becomes with the next vote, and that is most with one for the leader.
 *
 * No mix of m samples stops before m votes for the leader. Whatever they are, m fewer are left; compared with m leader
 * votes the first has at most as many, the second and the rest at least as many. So one state becomes the other by turning
 * leader votes into votes for the second, for the rest, or into abstentions. Draw what is left from two Pólya urns that
 * differ in that one ball, matching the draws of its offspring: k such draws give the leader k, and whatever else they are
 * at most k, so the urn with the leader's ball never ends with the smaller lead. Where `ties` looks at who was seen first,
 * a pair of which the leader wins a tie may follow one of which he does not; but only if the second has gained a vote and
 * the first missed one, which costs a lead of two where winning a tie is worth one.
 */
function boundaryFor(level: number, categories: 2 | 3, tieKept: boolean): (tally: Tally, left: number) => number {
  const tableFor = tablesOf(`${level} ${categories} ${tieKept}`);
  return (tally, left) => {
    const { leader, runnerUp } = tally.byCount;
    const runnerUpCount = runnerUp?.count ?? 0;
    const others = tally.voteCount - runnerUpCount - (leader?.count ?? 0);
    const rest = categories === 3 ? others : 0;
    const unused = tally.abstentionCount + others - rest;
    const maxSamples = tally.sampleCount + left;
    const row = rowOf(tableFor(maxSamples), rest, unused);
    row[runnerUpCount] ??= fewestVotes(
      runnerUpCount,
      maxSamples - rest - unused - runnerUpCount,
      (count, remaining) => {
        const state = { leader: count, runnerUp: runnerUpCount, left: remaining, tieKept };
        return probabilityToKeepLead(categories === 3 ? { ...state, rest } : state) >= level;
      },
    );
    return row[runnerUpCount];
  };
}

/** Boundaries of one full vote: by votes for the rest, by samples that have no part, by votes for the runner-up. */
type Table = (number | undefined)[][][];

const tables = new Map<string, Map<number, Table>>();

function tablesOf(parameters: string): (maxSamples: number) => Table {
  const bySize = tables.get(parameters) ?? new Map<number, Table>();
  tables.set(parameters, bySize);
  return (maxSamples) => {
    let table = bySize.get(maxSamples);
    if (table === undefined) {
      table = [];
      bySize.set(maxSamples, table);
    }
    return table;
  };
}

function rowOf(table: Table, rest: number, unused: number): (number | undefined)[] {
  table[rest] ??= [];
  table[rest][unused] ??= [];
  return table[rest][unused];
}

/** Bisection between the runner-up's votes and all that are left; infinite where even those would not be enough. */
function fewestVotes(runnerUp: number, most: number, isEnough: (leader: number, left: number) => boolean): number {
  if (most < runnerUp || !isEnough(most, 0)) return Number.POSITIVE_INFINITY;
  let low = Math.max(1, runnerUp);
  let high = most;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEnough(middle, most - middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
