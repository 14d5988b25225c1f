import { advance, allocatorNamed, compilePolicy, openQuestion, presetNamed, type QuestionState } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { SharedBudget } from "./shared-budget.ts";

const compiled = compilePolicy(presetNamed("asc"));

/** Letters vote. */
function stateAfter(votes: string): QuestionState {
  let { state } = advance(openQuestion(compiled, { maxSamples: 16, isAllocated: true }), { type: "question-opened" });
  state = advance(state, { type: "wave-granted", samples: 4 }).state;
  for (const [index, answer] of [...votes].entries()) {
    state = advance(state, { type: "sample-recorded", index, ballot: { kind: "answer", answer } }).state;
  }
  return state;
}

function shared(left: number, concurrency = 2) {
  const budget = { left };
  const share = new SharedBudget({ allocator: allocatorNamed("value")!, concurrency, left: () => budget.left });
  const answered: [question: number, samples: number][] = [];
  const ask = (question: number, votes: string, samples: number): void =>
    void share.grant(question, samples, stateAfter(votes)).then((granted) => answered.push([question, granted]));
  const settled = async () => {
    await new Promise(setImmediate);
    return answered.splice(0);
  };
  return { share, budget, ask, settled };
}

describe("SharedBudget", () => {
  it("waits until all have asked, then grants the most urgent, so many at a time", async () => {
    const { share, ask, settled } = shared(100);
    ask(0, "AAA", 1);
    ask(1, "A", 3);
    ask(2, "AB", 5);
    expect(await settled()).toEqual([]);
    share.open();
    expect(await settled()).toEqual([
      [2, 5],
      [1, 3],
    ]);
    expect(share.wavesUnderWay).toBe(2);
    share.waveEnded(5);
    expect(await settled()).toEqual([[0, 1]]);
  });

  it("does not grant again what is in flight, and what was not spent after all", async () => {
    const { share, budget, ask, settled } = shared(2, 9);
    for (const question of [0, 1, 2]) ask(question, "", 1);
    share.open();
    expect(await settled()).toEqual([
      [0, 1],
      [1, 1],
    ]);
    budget.left = 1;
    share.waveEnded(1);
    expect(await settled(), "one of the two left is still in flight").toEqual([]);
    share.waveEnded(1);
    expect(await settled()).toEqual([[2, 1]]);
  });

  it("tells everyone who waits when nothing is left and nothing in flight, and whoever asks later", async () => {
    const { share, budget, ask, settled } = shared(1, 9);
    for (const question of [0, 1, 2]) ask(question, "", 1);
    share.open();
    expect(await settled()).toEqual([[0, 1]]);
    budget.left = 0;
    share.waveEnded(1);
    expect((await settled()).sort()).toEqual([
      [1, 0],
      [2, 0],
    ]);
    ask(3, "", 1);
    expect(await settled()).toEqual([[3, 0]]);
  });

  it("closed before it opened grants nothing", async () => {
    const { share, ask, settled } = shared(10);
    ask(0, "", 1);
    share.close();
    share.open();
    expect(await settled()).toEqual([[0, 0]]);
  });
});
