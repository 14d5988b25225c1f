import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { isQuorateError } from "../errors.ts";
import { compilePolicy } from "../policy/compile.ts";
import { parsePolicy } from "../policy/schema.ts";
import { openQuestion } from "../reducer/state.ts";
import { abstention, letters, verdictAfter, vote } from "./__fixtures__/verdict-after.ts";
import { noDuels, withDistribution } from "./duels.ts";
import type { CountedSample } from "./rule.ts";
import { Stakes } from "./stakes.ts";

const names = ["A", "B", "C", "D"];
const over = (theta: readonly number[]) => theta.map((probability, i) => ({ answer: names[i]!, probability }));
const showing = (theta: readonly number[]): CountedSample =>
  vote(names[theta.indexOf(Math.max(...theta))]!, undefined, over(theta));

/** log of the mean wealth against each rival of answer `leader`, product by product. */
function byDefinition(thetas: readonly (readonly number[])[], leader: number, powers: number): number[] {
  const grid = new Set(Array.from({ length: powers }, (_, i) => [2 ** -(i + 1), 1 - 2 ** -(i + 1)]).flat());
  return thetas[0]!
    .map((_, rival) => rival)
    .filter((rival) => rival !== leader)
    .map((rival) => {
      const wealth = [...grid].map((stake) =>
        thetas.reduce((product, theta) => product * (1 + stake * (theta[leader]! - theta[rival]!)), 1),
      );
      return Math.log(wealth.reduce((a, b) => a + b, 0) / grid.size);
    });
}

function logMeans(thetas: readonly (readonly number[])[], powers: number): { leader: number; means: number[] } {
  const stakes = new Stakes(powers);
  const { duels, leader } = thetas.reduce(
    (known, theta) => withDistribution(known, over(theta), stakes),
    noDuels(stakes),
  );
  const means = duels.slice(0, -1).map(({ ahead }) => stakes.logMean(ahead));
  return { leader, means: means.toSpliced(leader, 1) };
}

describe("log-wealth", () => {
  const thetas = [
    [0.7, 0.2, 0.1],
    [0.6, 0.3, 0.1],
    [0.5, 0.1, 0.4],
    [0.8, 0.15, 0.05],
  ];

  it.each([
    [1, [0.223143551314, 0.262364264467], [0.223143551314, 0.262364264467]],
    [2, [0.381339539511, 0.51789421027], [0.380270245701, 0.516027851437]],
    [3, [0.601496061566, 0.580748376094], [0.598289459979, 0.578089119886]],
    [4, [0.96246825026, 0.984619667664], [0.954989447988, 0.977353638165]],
  ])("after %i votes is the published one, with 15 stakes and with 13", (count, fifteen, thirteen) => {
    for (const [powers, expected] of [
      [8, fifteen],
      [7, thirteen],
    ] as const) {
      const { leader, means } = logMeans(thetas.slice(0, count), powers);
      expect(leader).toBe(0);
      means.forEach((mean, i) => {
        expect(Math.abs(mean - expected[i]!)).toBeLessThan(1e-9);
      });
    }
  });

  const theta = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    .filter((shares) => shares.some((share) => share > 0.01))
    .map((shares) => shares.map((share) => share / shares.reduce((a, b) => a + b, 0)));
  test.prop([fc.array(theta, { minLength: 1, maxLength: 15 })], { seed: 53 })(
    "is what the definition says, however often the lead changes",
    (given) => {
      const { leader, means } = logMeans(given, 5);
      const expected = byDefinition(given, leader, 5);
      means.forEach((mean, i) => {
        expect(Math.abs(mean - expected[i]!)).toBeLessThan(1e-9);
      });
    },
  );
});

describe("asc-d", () => {
  it.each([
    [[0.7, 0.2, 0.1], 12],
    [[1, 0], 6],
    [[1, 0, 0, 0], 8],
    [[0.9, 0.05, 0.05], 8],
  ])("given %j every time stops after %i votes", (theta, count) => {
    for (const powers of [7, 8]) {
      const spec = { rule: "asc-d", answers: theta.length, powers };
      const votes = Array.from({ length: count }, () => showing(theta));
      expect(verdictAfter(spec, votes)).toEqual({ stop: true, answer: "A", reason: "asc-d", certificate: "anytime" });
      expect(verdictAfter(spec, votes.slice(1)).stop).toBe(false);
    }
  });

  it.each([
    [8, [6, 11, 14, 17, 19, 21, 23, 25, 27]],
    [7, [6, 10, 14, 16, 19, 21, 23, 25, 27]],
  ])("on plain votes, %i powers: its boundary, and need is exactly the way there", (powers, boundary) => {
    boundary.forEach((leader, runnerUp) => {
      const spec = { rule: "asc-d", answers: 2, powers };
      const votes = (count: number) => letters("A".repeat(count) + "B".repeat(runnerUp));
      const options = { maxSamples: 100 };
      expect(verdictAfter(spec, votes(leader), options)).toMatchObject({ stop: true, answer: "A" });
      for (let count = runnerUp; count < leader; count += 1)
        expect(verdictAfter(spec, votes(count), options)).toEqual({ stop: false, need: leader - count });
    });
  });

  it("takes a distribution with everything on one answer for a plain vote, and an abstention for none", () => {
    const plain = letters("AAABAAA");
    const certain = plain.map((sample) =>
      sample.kind === "vote" ? vote(sample.answer, 0.5, [{ answer: sample.answer, probability: 1 }]) : sample,
    );
    for (let count = 0; count <= plain.length; count += 1) {
      const spec = { rule: "asc-d", answers: 3 };
      const verdict = verdictAfter(spec, plain.slice(0, count));
      expect(verdictAfter(spec, certain.slice(0, count))).toEqual(verdict);
      expect(verdictAfter(spec, [abstention, ...plain.slice(0, count)])).toEqual(verdict);
    }
  });

  it("lets an answer that nobody gave challenge, and even lead", () => {
    const votes = Array.from({ length: 12 }, () => vote("A", undefined, over([0.5, 0.5])));
    expect(verdictAfter({ rule: "asc-d", answers: 2 }, votes).stop).toBe(false);
    const other = Array.from({ length: 20 }, () => vote("A", undefined, over([0.05, 0.95])));
    expect(verdictAfter({ rule: "asc-d", answers: 2 }, other)).toMatchObject({ stop: true, answer: "B" });
  });

  it("takes K from the question, the parameter first, and more when more turn up", () => {
    const six = letters("AAAAAA");
    expect(verdictAfter({ rule: "asc-d" }, six, { optionCount: 2 }).stop).toBe(true);
    expect(verdictAfter({ rule: "asc-d" }, six, { optionCount: 4 }).stop).toBe(false);
    expect(verdictAfter({ rule: "asc-d", answers: 2 }, six, { optionCount: 4 }).stop).toBe(true);
    const split = letters(`BC${"A".repeat(14)}`);
    expect(verdictAfter({ rule: "asc-d", answers: 3 }, split).stop).toBe(
      verdictAfter({ rule: "asc-d", answers: 2 }, split).stop,
    );
  });

  it("refuses a question of which nobody knows how many answers it has", () => {
    const compiled = compilePolicy(parsePolicy({ name: "mine", stop: { rule: "any", rules: [{ rule: "asc-d" }] } }));
    expect(compiled.needsAnswerCount).toBe(true);
    expect(() => openQuestion(compiled, { maxSamples: 4, optionCount: 3 })).not.toThrow();
    try {
      openQuestion(compiled, { maxSamples: 4 });
      expect.unreachable();
    } catch (error) {
      expect(isQuorateError(error) && error.code).toBe("bad-policy");
      expect(String(error)).toMatch(/"mine".*how many answers.*stop\.answers=4/);
    }
    const told = compilePolicy(parsePolicy({ name: "mine", stop: { rule: "asc-d", answers: 5 } }));
    expect(() => openQuestion(told, { maxSamples: 4 })).not.toThrow();
    // Asked past that check, it promises nothing.
    expect(verdictAfter({ rule: "asc-d" }, letters("AAAAAAAAAAAA"))).toEqual({ stop: false, need: 28 });
  });

  it("certifies a wrong answer no more often than δ, looking after every vote: all courses of two even answers", () => {
    const [delta, horizon] = [0.2, 60];
    const stops = (a: number, b: number) =>
      verdictAfter({ rule: "asc-d", answers: 2, delta }, letters("A".repeat(a) + "B".repeat(b)), { maxSamples: 500 })
        .stop;
    let alive = new Map<number, number>([[0, 1]]);
    let stoppedOnA = 0;
    for (let n = 1; n <= horizon; n += 1) {
      const next = new Map<number, number>();
      for (const [a, chance] of alive)
        for (const nextA of [a, a + 1]) next.set(nextA, (next.get(nextA) ?? 0) + chance / 2);
      for (const [a, chance] of next) {
        if (a === n - a || !stops(Math.max(a, n - a), Math.min(a, n - a))) continue;
        if (a > n - a) stoppedOnA += chance;
        next.delete(a);
      }
      alive = next;
    }
    expect(stoppedOnA).toBeLessThanOrEqual(delta);
    expect(stoppedOnA).toBeGreaterThan(0.05);
  });
});
