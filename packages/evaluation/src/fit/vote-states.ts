import { type Ballot, Tally } from "@quorate/core";

/** Where the vote of a question stands, as far as a table knows. */
export interface VoteState {
  readonly samples: number;
  readonly leader: number;
  readonly runnerUp: number;
  /** Of the mean confidence of the votes, from 0. */
  readonly band: number;
}

/** What was seen of one state. Weights are questions: one that passes in half of its orders counts as a half. */
export interface SeenState extends VoteState {
  weight: number;
  /** Of those whose full vote has another answer than the leader's here. */
  disagreeing: number;
  /** Where they went with the next sample, and with what weight; the last samples go nowhere. */
  readonly next: Map<number, number>;
}

/** Counts states and the steps between them. */
export class VoteStates {
  readonly maxSamples: number;
  readonly #bandsFrom: readonly number[];
  readonly #seen = new Map<number, SeenState>();
  #start = 0;
  readonly #starts = new Map<number, number>();

  /** @param bandsFrom mean confidence from which each band applies, from 0 up */
  constructor(maxSamples: number, bandsFrom: readonly number[]) {
    this.maxSamples = maxSamples;
    this.#bandsFrom = bandsFrom;
  }

  /** One question with its samples in one order. */
  add(ballots: readonly Ballot[], weight: number): void {
    const path = this.#pathOf(ballots);
    const final = path.at(-1)?.answer;
    let before = this.#starts;
    for (const { key, state, answer } of path) {
      let seen = this.#seen.get(key);
      if (seen === undefined) {
        seen = { ...state, weight: 0, disagreeing: 0, next: new Map() };
        this.#seen.set(key, seen);
      }
      seen.weight += weight;
      if (answer !== final) seen.disagreeing += weight;
      before.set(key, (before.get(key) ?? 0) + weight);
      before = seen.next;
    }
    this.#start += weight;
  }

  /** All states after so many samples. */
  after(samples: number): SeenState[] {
    return [...this.#seen.values()].filter((state) => state.samples === samples);
  }

  keyOf({ samples, leader, runnerUp, band }: VoteState): number {
    const base = this.maxSamples + 1;
    return ((band * base + samples) * base + leader) * base + runnerUp;
  }

  /** Mean of a value over the states after the first sample. */
  meanAtStart(at: (key: number) => number): number {
    let sum = 0;
    for (const [key, weight] of this.#starts) sum += weight * at(key);
    return this.#start === 0 ? 0 : sum / this.#start;
  }

  #pathOf(ballots: readonly Ballot[]) {
    let tally = Tally.empty();
    let [sum, count] = [0, 0];
    return ballots.slice(0, this.maxSamples).map((ballot) => {
      tally = ballot.kind === "answer" ? tally.add(ballot.answer, 1) : tally.abstain();
      if (ballot.kind === "answer" && ballot.confidence !== undefined) {
        sum += ballot.confidence;
        count += 1;
      }
      const mean = count === 0 ? 0 : sum / count;
      const { leader, runnerUp } = tally.byCount;
      const state = {
        samples: tally.sampleCount,
        leader: leader?.count ?? 0,
        runnerUp: runnerUp?.count ?? 0,
        band: this.#bandsFrom.findLastIndex((from) => mean >= from),
      };
      return { key: this.keyOf(state), state, answer: leader?.answer };
    });
  }
}
