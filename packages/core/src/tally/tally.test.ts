import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { Tally } from "./tally.ts";

interface Vote {
  readonly answer: string;
  readonly weight: number;
}

const grow = (votes: readonly Vote[], start = Tally.empty()): Tally =>
  votes.reduce((tally, { answer, weight }) => tally.add(answer, weight), start);

/** Counting from scratch, in the plainest way there is. */
function recount(votes: readonly Vote[], measure: (vote: Vote) => number) {
  const classes = new Map<string, number>();
  for (const vote of votes) classes.set(vote.answer, (classes.get(vote.answer) ?? 0) + measure(vote));
  return [...classes].sort(([, a], [, b]) => b - a);
}

/** Weights that add up without rounding, so that ties are ties. */
const votesOf = (min: number) =>
  fc.array(
    fc.record({
      answer: fc.constantFrom("a", "b", "c", "d", "e"),
      weight: fc.integer({ min, max: 8 }).map((n) => n / 4),
    }),
    { maxLength: 40 },
  );

describe("Tally", () => {
  it("is empty at first", () => {
    const tally = Tally.empty();
    expect(tally).toMatchObject({ voteCount: 0, abstentionCount: 0, sampleCount: 0, totalWeight: 0, support: 0 });
    expect(tally.byCount).toEqual({ leader: undefined, runnerUp: undefined });
    expect(tally.ranked()).toEqual([]);
  });

  it("gives a tie to the class seen first", () => {
    const tally = grow([..."baab"].map((answer) => ({ answer, weight: 1 })));
    expect(tally.byCount.leader).toEqual({ id: 0, answer: "b", count: 2, weight: 2 });
    expect(tally.byCount.runnerUp).toEqual({ id: 1, answer: "a", count: 2, weight: 2 });
    expect(tally.ranked().map(({ answer }) => answer)).toEqual(["b", "a"]);
  });

  it("keeps the count's leader and the weight's leader apart", () => {
    const tally = grow([
      { answer: "many", weight: 0.2 },
      { answer: "many", weight: 0.2 },
      { answer: "heavy", weight: 0.9 },
    ]);
    expect(tally.byCount.leader?.answer).toBe("many");
    expect(tally.byWeight.leader?.answer).toBe("heavy");
    expect(tally.support).toBeCloseTo(0.9 / 1.3, 12);
  });

  it("counts abstentions as samples and not as votes", () => {
    const tally = Tally.empty().abstain().add("a", 1).abstain();
    expect(tally).toMatchObject({ voteCount: 1, abstentionCount: 2, sampleCount: 3, support: 1 });
  });

  it("grown from the same past, two futures do not disturb each other", () => {
    const past = grow([..."aab"].map((answer) => ({ answer, weight: 1 })));
    const one = past.add("b", 1).add("b", 1);
    const other = past.add("c", 2);
    expect(past.ranked()).toEqual([
      { id: 0, answer: "a", count: 2, weight: 2 },
      { id: 1, answer: "b", count: 1, weight: 1 },
    ]);
    expect(one.byCount.leader).toEqual({ id: 1, answer: "b", count: 3, weight: 3 });
    expect(other.ranked().map(({ answer, weight }) => [answer, weight])).toEqual([
      ["a", 2],
      ["c", 2],
      ["b", 1],
    ]);
    expect(other.voteCount).toBe(4);
  });

  it("counts where no vote weighs anything, and only there", () => {
    const tally = grow([..."abbcb"].map((answer) => ({ answer, weight: 0 })));
    expect(tally.byWeight.leader?.answer).toBe("b");
    expect(tally.support).toBe(0);
    expect(tally.ranked().map(({ answer }) => answer)).toEqual(["b", "a", "c"]);
    const weighed = tally.add("c", 0.1);
    expect(weighed.byWeight.leader?.answer).toBe("c");
    expect(weighed.byWeight.runnerUp?.answer).toBe("a");
    expect(weighed.support).toBe(1);
  });

  it("lets a negative weight take the lead away", () => {
    const tally = grow([
      { answer: "a", weight: 2 },
      { answer: "b", weight: 1.5 },
      { answer: "a", weight: -1 },
    ]);
    expect(tally.byWeight.leader?.answer).toBe("b");
    expect(tally.byWeight.runnerUp).toEqual({ id: 0, answer: "a", count: 2, weight: 1 });
    expect(tally.byCount.leader?.answer).toBe("a");
  });

  test.prop([votesOf(-4), fc.nat({ max: 40 })], { seed: 11, numRuns: 400 })(
    "agrees with counting from scratch, at every version",
    (votes, cut) => {
      const past = grow(votes.slice(0, cut));
      const present = grow(votes.slice(cut), past);
      for (const [tally, seen] of [
        [present, votes],
        [past, votes.slice(0, cut)],
      ] as const) {
        const byCount = recount(seen, () => 1);
        const weighed = recount(seen, ({ weight }) => weight);
        const isWeightless = weighed[0]?.[1] === 0 && seen.reduce((sum, { weight }) => sum + weight, 0) === 0;
        const weightOf = new Map(weighed);
        const byWeight = isWeightless ? byCount.map(([answer]) => [answer, weightOf.get(answer)] as const) : weighed;
        expect(tally.byCount.leader?.answer).toBe(byCount[0]?.[0]);
        expect(tally.byCount.leader?.count).toBe(byCount[0]?.[1]);
        expect(tally.byCount.runnerUp?.count).toBe(byCount[1]?.[1]);
        expect(tally.byWeight.leader?.answer).toBe(byWeight[0]?.[0]);
        expect(tally.byWeight.runnerUp?.weight).toBe(byWeight[1]?.[1]);
        expect(tally.ranked().map(({ answer, weight }) => [answer, weight])).toEqual(byWeight);
      }
    },
  );

  it("takes a hundred thousand votes for as many answers in linear time", () => {
    let tally = Tally.empty();
    for (let i = 0; i < 100_000; i += 1) tally = tally.add(`answer ${i}`, 1);
    expect(tally.byCount.leader?.answer).toBe("answer 0");
    expect(tally.voteCount).toBe(100_000);
  });
});
