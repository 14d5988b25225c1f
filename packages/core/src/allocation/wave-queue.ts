import type { QuestionState } from "../reducer/state.ts";
import type { Allocator } from "./allocator.ts";

/** A wave that may leave. */
export interface Grant {
  readonly question: number;
  readonly samples: number;
}

interface Waiting {
  readonly question: number;
  /** What the wave asks for. */
  readonly wanted: number;
  readonly drawn: number;
  readonly urgency: number;
}

/**
 * Questions that wait for their next wave, the most urgent in front: of equally urgent ones the one with fewer samples, then
 * the earlier in the run. A heap of four numbers a question; `ask` and `next` take O(log n).
 */
export class WaveQueue {
  readonly #allocator: Allocator;
  readonly #heap: Waiting[] = [];

  constructor(allocator: Allocator) {
    this.#allocator = allocator;
  }

  get length(): number {
    return this.#heap.length;
  }

  /** The question wants so many samples. It must not be waiting already. */
  ask(question: number, wanted: number, { tally }: Pick<QuestionState, "tally">): void {
    const { leader, runnerUp } = tally.byCount;
    const vote = { leader: leader?.count ?? 0, runnerUp: runnerUp?.count ?? 0, samples: tally.sampleCount };
    this.#push({ question, wanted, drawn: vote.samples, urgency: this.#allocator.urgency(vote) });
  }

  /**
   * The next wave, out of the queue; undefined when nobody waits or nothing is left. It may be smaller than what was asked
   * for: nobody takes more than half of an equal share of what is left, or the first pass would leave nothing for those who
   * turn out to need it. A wave in parts takes more rounds and decides the same.
   *
   * @param left samples that may still be drawn, by all questions together
   * @param underWay questions with a wave in flight, which will want more of what is left
   */
  next(left: number, underWay = 0): Grant | undefined {
    if (left < 1) return undefined;
    const open = this.#heap.length + underWay;
    const first = this.#pop();
    if (first === undefined) return undefined;
    const fairPart = Math.floor(left / (2 * open));
    return { question: first.question, samples: Math.min(first.wanted, Math.max(1, fairPart)) };
  }

  /** Who still waits, in no order; nobody does afterwards. */
  clear(): number[] {
    return this.#heap.splice(0).map(({ question }) => question);
  }

  #push(waiting: Waiting): void {
    const heap = this.#heap;
    let place = heap.push(waiting) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(waiting, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = waiting;
  }

  #pop(): Waiting | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return (a.urgency - b.urgency || b.drawn - a.drawn || b.question - a.question) > 0;
}
