import type { QuestionLimits } from "@quorate/core";
import { type Ending, endingOf } from "./ending.ts";
import { EndingMemo, type NodeBudget } from "./ending-memo.ts";
import type { FittedPolicy } from "./fitted-policies.ts";
import { GroupTotals } from "./group-totals.ts";
import type { PreparedQuestion } from "./prepared-question.ts";
import { type QuestionTally, tallyOf } from "./question-tally.ts";
import { replay } from "./replay.ts";

/** A policy that takes part in an evaluation: replays every question and sums up what came of it, group by group. */
export class Contender {
  readonly fitted: FittedPolicy;
  readonly totals = new GroupTotals();
  readonly #budget: NodeBudget;
  readonly #memos = new Map<string, EndingMemo>();

  constructor(fitted: FittedPolicy, mostNodes: number) {
    this.fitted = fitted;
    this.#budget = { left: mostNodes };
  }

  /** One for each order of the question. */
  endings(question: PreparedQuestion): readonly Ending[] {
    const { limits, orders } = question;
    const { ballots, areBare } = question.ballotsFor(this.fitted);
    const memo = areBare ? this.#memoFor(limits) : undefined;
    return orders.map((shuffled) => {
      const known = memo?.find(shuffled.labels);
      if (known !== undefined) return known;
      const ending = endingOf(replay(this.fitted.compiled, limits, ballots, shuffled.order), shuffled);
      memo?.keep(shuffled.labels, ending);
      return ending;
    });
  }

  /** @param fullVote the full vote's answer in each order */
  add(
    question: PreparedQuestion,
    endings: readonly Ending[],
    fullVote: readonly (string | null)[],
    group: number,
  ): QuestionTally {
    const tally = tallyOf(endings, question, fullVote);
    this.totals.add(group, tally);
    return tally;
  }

  /** Whatever a rule is told of a question besides its votes is in the limits. */
  #memoFor(limits: QuestionLimits): EndingMemo {
    const key = JSON.stringify(limits);
    let memo = this.#memos.get(key);
    if (memo === undefined) {
      memo = new EndingMemo(this.#budget);
      this.#memos.set(key, memo);
    }
    return memo;
  }
}
