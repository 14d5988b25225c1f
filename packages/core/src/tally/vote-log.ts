import type { Answer } from "../answer.ts";

/** The votes of one answer class: when each came and what the class had gathered by then. */
interface ClassHistory {
  readonly answer: Answer;
  /** Number of the vote in the log, ascending. */
  readonly positions: number[];
  /** Total weight of the class after the vote at the same place in `positions`. */
  readonly weights: number[];
}

/**
 * Votes in launch order, append-only, shared by all tallies that grew from one another: a tally of length n looks only
 * at the first n votes. Appending to the newest tally is O(1); growing an older one copies its prefix first, so that
 * tallies behave as values.
 */
export class VoteLog {
  readonly #classes: ClassHistory[] = [];
  readonly #idOf = new Map<Answer, number>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds a vote and returns its class: classes are numbered in the order in which they were first seen. */
  append(answer: Answer, weight: number): number {
    let id = this.#idOf.get(answer);
    if (id === undefined) {
      id = this.#classes.length;
      this.#idOf.set(answer, id);
      this.#classes.push({ answer, positions: [], weights: [] });
    }
    const history = this.#classes[id]!;
    history.weights.push((history.weights.at(-1) ?? 0) + weight);
    history.positions.push(this.#length);
    this.#length += 1;
    return id;
  }

  answerOf(id: number): Answer {
    return this.#classes[id]!.answer;
  }

  countOf(id: number, length: number): number {
    const positions = this.#classes[id]!.positions;
    if (length === this.#length) return positions.length;
    return lowerBound(positions, length);
  }

  weightOf(id: number, length: number): number {
    const count = this.countOf(id, length);
    return count === 0 ? 0 : this.#classes[id]!.weights[count - 1]!;
  }

  /** How many classes the first `length` votes hold. */
  classCount(length: number): number {
    if (length === this.#length) return this.#classes.length;
    return lowerBound(this.#classes, length, (history) => history.positions[0]!);
  }

  copy(length: number): VoteLog {
    const votes: { id: number; weight: number; position: number }[] = [];
    for (let id = 0; id < this.classCount(length); id += 1) {
      const { positions, weights } = this.#classes[id]!;
      for (let i = 0; i < positions.length && positions[i]! < length; i += 1) {
        votes.push({ id, weight: weights[i]! - (weights[i - 1] ?? 0), position: positions[i]! });
      }
    }
    votes.sort((a, b) => a.position - b.position);
    const copy = new VoteLog();
    for (const vote of votes) copy.append(this.answerOf(vote.id), vote.weight);
    return copy;
  }
}

function lowerBound<Item>(items: readonly Item[], limit: number, key = (item: Item): number => item as number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key(items[middle]!) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
