import type { Answer } from "../answer.ts";
import { emptyTopTwo, type Standing, type TopTwo, withRaised } from "./top-two.ts";
import { VoteLog } from "./vote-log.ts";

/**
 * The votes of one question so far. A value: `add` and `abstain` return a new tally and leave this one as it was.
 * Reading the two leading classes and adding a vote are O(1). Ties go to the class seen first. Where no vote weighs anything
 * (a filter dropped them all) counts stand in for weights: support is 0, but there is still an answer.
 */
export class Tally {
  static readonly empty = (): Tally => Tally.of(0);

  /** No votes yet, and so many abstentions. */
  static readonly of = (abstentionCount: number): Tally =>
    new Tally(new VoteLog(), 0, abstentionCount, 0, emptyTopTwo, emptyTopTwo);

  readonly #log: VoteLog;
  readonly #heaviest: TopTwo;
  readonly voteCount: number;
  readonly abstentionCount: number;
  readonly totalWeight: number;
  /** Leader and runner-up when every vote counts as one. */
  readonly byCount: TopTwo;

  private constructor(
    log: VoteLog,
    voteCount: number,
    abstentionCount: number,
    totalWeight: number,
    byCount: TopTwo,
    heaviest: TopTwo,
  ) {
    this.#log = log;
    this.#heaviest = heaviest;
    this.voteCount = voteCount;
    this.abstentionCount = abstentionCount;
    this.totalWeight = totalWeight;
    this.byCount = byCount;
  }

  /** Leader and runner-up by the sum of weights; by count where nothing weighs anything. */
  get byWeight(): TopTwo {
    return this.#isWeightless ? this.byCount : this.#heaviest;
  }

  get #isWeightless(): boolean {
    return this.totalWeight === 0 && this.#heaviest.leader?.weight === 0;
  }

  /** Votes and abstentions: what was used of the sample budget. */
  get sampleCount(): number {
    return this.voteCount + this.abstentionCount;
  }

  add(answer: Answer, weight: number): Tally {
    const log = this.#log.length === this.voteCount ? this.#log : this.#log.copy(this.voteCount);
    const id = log.append(answer, weight);
    const voteCount = this.voteCount + 1;
    const standing: Standing = { id, answer, count: log.countOf(id, voteCount), weight: log.weightOf(id, voteCount) };
    const heaviest =
      weight >= 0 ? withRaised(this.#heaviest, standing, weightOf) : topTwoOf(standings(log, voteCount), weightOf);
    return new Tally(
      log,
      voteCount,
      this.abstentionCount,
      this.totalWeight + weight,
      withRaised(this.byCount, standing, countOf),
      heaviest,
    );
  }

  abstain(): Tally {
    return new Tally(
      this.#log,
      this.voteCount,
      this.abstentionCount + 1,
      this.totalWeight,
      this.byCount,
      this.#heaviest,
    );
  }

  /** How many answers have been given. */
  get classCount(): number {
    return this.#log.classCount(this.voteCount);
  }

  /** All classes, in the order of `byWeight`. O(K log K): for reports, not for rules. */
  ranked(): Standing[] {
    const measure = this.#isWeightless ? countOf : weightOf;
    return standings(this.#log, this.voteCount).sort((a, b) => measure(b) - measure(a) || a.id - b.id);
  }

  /** Votes of each class, most first. O(K log K). */
  counts(): number[] {
    return standings(this.#log, this.voteCount)
      .map(({ count }) => count)
      .sort((a, b) => b - a);
  }

  /** The leader's share of all weight, in [0,1]; 0 before the first vote. */
  get support(): number {
    const leader = this.byWeight.leader;
    return leader === undefined || this.totalWeight <= 0 ? 0 : Math.min(1, leader.weight / this.totalWeight);
  }
}

const countOf = (standing: Standing): number => standing.count;
const weightOf = (standing: Standing): number => standing.weight;

function standings(log: VoteLog, length: number): Standing[] {
  return Array.from({ length: log.classCount(length) }, (_, id) => ({
    id,
    answer: log.answerOf(id),
    count: log.countOf(id, length),
    weight: log.weightOf(id, length),
  }));
}

function topTwoOf(all: readonly Standing[], measure: (standing: Standing) => number): TopTwo {
  return all.reduce((top, standing) => withRaised(top, standing, measure), emptyTopTwo);
}
