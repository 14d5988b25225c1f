import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { Tally } from "../tally/tally.ts";
import { allocatorNamed } from "./allocator.ts";
import { WaveQueue } from "./wave-queue.ts";

/** Letters vote, "-" abstains. */
function tallied(text: string): { readonly tally: Tally } {
  return {
    tally: [...text].reduce(
      (tally, letter) => (letter === "-" ? tally.abstain() : tally.add(letter, 1)),
      Tally.empty(),
    ),
  };
}

const value = allocatorNamed("value")!;

describe("WaveQueue", () => {
  it("lets the most urgent go first; of equal ones that with fewer samples, then the earlier", () => {
    const queue = new WaveQueue(value);
    for (const [question, votes] of ["AAAA", "AB", "A", "", "", "ABAB"].entries())
      queue.ask(question, 1, tallied(votes));
    const order = Array.from({ length: 6 }, () => queue.next(1000)?.question);
    expect(order).toEqual([3, 4, 1, 5, 2, 0]);
    expect(queue.next(1000)).toBeUndefined();
  });

  it("grants what was asked for, but no more than half of an equal share of what is left", () => {
    const queue = new WaveQueue(value);
    for (const question of [0, 1, 2, 3]) queue.ask(question, 5, tallied(""));
    expect(queue.next(40)).toEqual({ question: 0, samples: 5 });
    expect(queue.next(35, 1)).toEqual({ question: 1, samples: 4 });
    expect(queue.next(3, 2)).toEqual({ question: 2, samples: 1 });
    expect(queue.next(0, 3)).toBeUndefined();
    expect(queue.length).toBe(1);
  });

  it("says who still waits, once", () => {
    const queue = new WaveQueue(value);
    queue.ask(7, 1, tallied("A"));
    queue.ask(2, 1, tallied("AB"));
    expect(queue.clear().sort()).toEqual([2, 7]);
    expect(queue.length).toBe(0);
  });

  test.prop([fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 60 })], { seed: 5 })(
    "is in order however questions come and go",
    (moves) => {
      const queue = new WaveQueue(allocatorNamed("equal")!);
      const waiting: { question: number; drawn: number }[] = [];
      moves.forEach(([drawn, leaves], question) => {
        queue.ask(question, 1, tallied("A".repeat(drawn)));
        waiting.push({ question, drawn });
        if (!leaves) return;
        waiting.sort((a, b) => a.drawn - b.drawn || a.question - b.question);
        expect(queue.next(1000)?.question).toBe(waiting.shift()?.question);
      });
      waiting.sort((a, b) => a.drawn - b.drawn || a.question - b.question);
      for (const { question } of waiting) expect(queue.next(1000)?.question).toBe(question);
    },
  );
});
