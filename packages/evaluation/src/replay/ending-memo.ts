import type { Ending } from "./ending.ts";

const none = -1;
const root = 0;

/** Samples; longer sequences hardly ever come twice, and would take the place of those that do. */
const longestRemembered = 16;

/** Nodes that several memos may still take together. */
export interface NodeBudget {
  left: number;
}

/**
 * Endings by the labels that led to them: a tree of integers, since millions of replays end after the same few samples. A
 * vote on counts sees which answers are equal, never what they say, so that orders with the same labels end alike, of
 * whatever question. Without nodes left nothing more is remembered.
 */
export class EndingMemo {
  readonly #budget: NodeBudget;
  readonly #endings: Ending[] = [];
  /** Of each node: the label that leads to it, its first child, its next sibling, the ending there. */
  readonly #labels: number[] = [none];
  readonly #children: number[] = [none];
  readonly #siblings: number[] = [none];
  readonly #ended: number[] = [none];

  constructor(budget: NodeBudget) {
    this.#budget = budget;
  }

  find(labels: ArrayLike<number>): Ending | undefined {
    let node = root;
    for (let place = 0; ; place += 1) {
      const ended = this.#ended[node]!;
      if (ended !== none) return this.#endings[ended];
      if (place === labels.length) return undefined;
      node = this.#childOf(node, labels[place]!);
      if (node === none) return undefined;
    }
  }

  keep(labels: ArrayLike<number>, ending: Ending): void {
    if (ending.samples > longestRemembered || this.#budget.left < ending.samples) return;
    let node = root;
    for (let place = 0; place < ending.samples; place += 1) {
      const child = this.#childOf(node, labels[place]!);
      node = child === none ? this.#grow(node, labels[place]!) : child;
    }
    this.#ended[node] = this.#endings.push(ending) - 1;
  }

  #childOf(node: number, label: number): number {
    let child = this.#children[node]!;
    while (child !== none && this.#labels[child] !== label) child = this.#siblings[child]!;
    return child;
  }

  #grow(node: number, label: number): number {
    const child = this.#labels.push(label) - 1;
    this.#children.push(none);
    this.#siblings.push(this.#children[node]!);
    this.#ended.push(none);
    this.#children[node] = child;
    this.#budget.left -= 1;
    return child;
  }
}
