import { describe, expect, it } from "vitest";
import { logEValue } from "../numerics/e-value.ts";
import { Tally } from "../tally/tally.ts";
import { counted, goOn, ruleOf, shortestWay, verdictAfter, votes } from "./__fixtures__/streams.ts";
import { poolBoundary, poolThreshold } from "./finite-pool.ts";
import type { RuleSpec } from "./rule.ts";

/** Falling factorial as a logarithm; −∞ where the pool has not so many. */
function logFalling(from: number, steps: number): number {
  let log = 0;
  for (let i = 0; i < steps; i += 1) log += from - i > 0 ? Math.log(from - i) : Number.NEGATIVE_INFINITY;
  return log;
}

/** The evidence by its definition: against every pool of at most `most` votes for the pair that the first does not win. */
function logEvidence(votesFor: number, against: number, most: number): number {
  const logQ = logEValue(votesFor, against) - (votesFor + against) * Math.LN2;
  let logP = Number.NEGATIVE_INFINITY;
  for (let size = 1; size <= most; size += 1) {
    for (let first = 0; 2 * first <= size; first += 1) {
      const total = logFalling(size, votesFor + against);
      if (total === Number.NEGATIVE_INFINITY) continue;
      logP = Math.max(logP, logFalling(first, votesFor) + logFalling(size - first, against) - total);
    }
  }
  return logQ - logP;
}

describe("the boundary of a finite pool", () => {
  it.each([4, 20, 100])("is where the evidence against every losing pool reaches %i", (threshold) => {
    for (let pool = 1; pool <= 30; pool += 1) {
      const boundary = poolBoundary(threshold)(pool >> 1);
      for (let challenger = 0; 2 * challenger < pool; challenger += 1) {
        for (let leader = challenger; leader + challenger <= pool; leader += 1) {
          const isEnough = logEvidence(leader, challenger, pool) >= Math.log(threshold) - 1e-10;
          expect({ pool, leader, challenger, stops: leader >= boundary(challenger) }).toEqual({
            pool,
            leader,
            challenger,
            stops: isEnough,
          });
        }
      }
    }
  });

  it("rises with the challenger's votes, and by one at most with half the pool", () => {
    for (const threshold of [2, 7, 20, 140]) {
      for (let half = 1; half <= 120; half += 1) {
        const [smaller, larger] = [poolBoundary(threshold)(half - 1), poolBoundary(threshold)(half)];
        for (let challenger = 0; challenger <= half; challenger += 1) {
          expect(larger(challenger) - smaller(challenger)).toBeLessThanOrEqual(1);
          expect(larger(challenger) - smaller(challenger)).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });
});

describe("without-replacement", () => {
  const spec = { rule: "without-replacement", answers: 2 };

  it("stops before the e-process, which has no end in sight, and before nothing could change", () => {
    expect(verdictAfter(spec, "")).toEqual(goOn(5));
    expect(verdictAfter(spec, "AAAAA")).toEqual({
      stop: true,
      answer: "A",
      reason: "without-replacement",
      certificate: "anytime",
    });
    expect(verdictAfter(spec, "AAAAA", { maxSamples: 100_000 })).toEqual(goOn(1));
    expect(verdictAfter(spec, votes(21, 13))).toMatchObject({ stop: true });
    expect(verdictAfter(spec, votes(20, 19), { maxSamples: 39 })).toMatchObject({ stop: true });
  });

  it("knows that abstentions and votes for others shrink the pool", () => {
    expect(verdictAfter(spec, votes(4, 0))).toEqual(goOn(1));
    expect(verdictAfter(spec, votes(4, 0, 0, 31))).toMatchObject({ stop: true });
  });

  it("needs a number of answers only to stop sooner", () => {
    expect(verdictAfter({ rule: "without-replacement" }, "")).toEqual(goOn(8));
    expect(verdictAfter({ rule: "without-replacement" }, "", { optionCount: 4 })).toEqual(goOn(7));
    expect(poolThreshold(0.05, 40)).toBeCloseTo(7 / 0.05, 9);
    // Of seven votes no two answers can have the four that a loser needs at 1/0.05.
    expect(poolThreshold(0.05, 7)).toBeCloseTo(1 / 0.05, 9);
    expect(poolThreshold(0.05, 40, 3)).toBeCloseTo(2 / 0.05, 9);
    expect(poolThreshold(0.05, 40, 30)).toBeCloseTo(7 / 0.05, 9);
  });

  it("never stops where its promise would be about another vote", () => {
    const text = "A".repeat(30);
    expect(verdictAfter(spec, text, { weightRange: { min: 0, max: 1 } })).toEqual(goOn(10));
    expect(verdictAfter(spec, text, { weightsShift: true })).toEqual(goOn(10));
    expect(verdictAfter(spec, `BC${text}`)).toEqual(goOn(8));
  });

  it.each([
    { rule: "without-replacement", delta: 0.8 },
    { rule: "without-replacement", delta: 0.3, answers: 2 },
    { rule: "without-replacement", delta: 0.4, answers: 3 },
  ])("needs exactly what the shortest of all ways to a stop takes: %j", (tested) => {
    for (const [maxSamples, answers] of [
      [9, 3],
      [10, 2],
    ] as const) {
      for (const [state, { need, true: shortest }] of shortestWay(tested, maxSamples, answers)) {
        const used = state.split(/[,|]/).reduce((sum, count) => sum + Number(count), 0);
        expect({ state, need }).toEqual({
          state,
          need: shortest === 0 ? 0 : Math.max(1, Math.min(shortest, maxSamples - used)),
        });
      }
    }
  });
});

/** Every pool of a size, every order of it: no simulation. */
describe("without-replacement, over all pools", () => {
  /** Whether the rule stops on a leader with these counts; who is who does not matter, since no tie stops it. */
  function stopsFor(spec: RuleSpec, maxSamples: number): (counts: readonly number[], abstentions: number) => boolean {
    const rule = ruleOf(spec);
    const state = rule.init({ ...counted, maxSamples });
    const known = new Map<string, boolean>();
    return (counts, abstentions) => {
      const key = `${[...counts].sort((a, b) => b - a).join()}|${abstentions}`;
      let stops = known.get(key);
      if (stops === undefined) {
        let tally = Tally.of(abstentions);
        counts.forEach((count, id) => {
          for (let i = 0; i < count; i += 1) tally = tally.add(`${id}`, 1);
        });
        stops = rule.verdict(state, tally, maxSamples - tally.sampleCount).stop;
        known.set(key, stops);
      }
      return stops;
    };
  }

  /** Probability over random orders of the pool that each class is certified before the pool is used up. */
  function certified(pool: readonly number[], abstentions: number, stops: ReturnType<typeof stopsFor>): number[] {
    const known = new Map<string, number[]>();
    const visit = (counts: readonly number[], abstained: number): number[] => {
      const key = `${counts.join()}|${abstained}`;
      const seen = known.get(key);
      if (seen !== undefined) return seen;
      const result = pool.map(() => 0);
      known.set(key, result);
      if (stops(counts, abstained)) {
        result[counts.indexOf(Math.max(...counts))] = 1;
        return result;
      }
      const left = pool.reduce((sum, total, id) => sum + total - counts[id]!, abstentions - abstained);
      const follow = (share: number, after: number[]) =>
        after.forEach((probability, id) => {
          result[id]! += (share / left) * probability;
        });
      pool.forEach((total, id) => {
        if (total > counts[id]!) follow(total - counts[id]!, visit(counts.with(id, counts[id]! + 1), abstained));
      });
      if (abstentions > abstained) follow(abstentions - abstained, visit(counts, abstained + 1));
      return result;
    };
    return visit(
      pool.map(() => 0),
      0,
    );
  }

  /** All ways to write `total` as a sum of at most `parts` whole numbers, largest first. */
  function partitions(total: number, parts: number, largest = total): number[][] {
    if (total === 0) return [[]];
    if (parts === 0) return [];
    return Array.from({ length: Math.min(total, largest) }, (_, i) => i + 1).flatMap((first) =>
      partitions(total - first, parts - 1, first).map((others) => [first, ...others]),
    );
  }

  it.each([
    { size: 14, answers: 2, delta: 0.05 },
    { size: 13, answers: 2, delta: 0.3 },
    { size: 12, answers: 3, delta: 0.2 },
    { size: 11, answers: undefined, delta: 0.5 },
    { size: 10, answers: undefined, delta: 0.8 },
  ])("errs with probability at most δ: %j", ({ size, answers, delta }) => {
    const spec = { rule: "without-replacement", delta, ...(answers !== undefined && { answers }) };
    const stops = stopsFor(spec, size);
    const perAnswer = 1 / poolThreshold(delta, size, answers);
    let [worst, best] = [0, 0];
    for (let abstentions = 0; abstentions < size; abstentions += 1) {
      for (const pool of partitions(size - abstentions, answers ?? size)) {
        const chances = certified(pool, abstentions, stops);
        const most = pool[0]!;
        let wrong = 0;
        chances.forEach((chance, id) => {
          // Of a tie the class seen first wins the full vote; no other may be certified more often than a loser.
          const isAlone = pool.filter((votesOf) => votesOf === most).length === 1;
          if (pool[id]! === most && isAlone) best = Math.max(best, chance);
          else expect(chance).toBeLessThanOrEqual(perAnswer + 1e-12);
          if (pool[id]! < most) wrong += chance;
        });
        expect(wrong).toBeLessThanOrEqual(delta + 1e-12);
        worst = Math.max(worst, wrong);
      }
    }
    // It does stop, and it can err: otherwise there was nothing to bound.
    expect(best).toBe(1);
    if (delta >= 0.2) expect(worst).toBeGreaterThan(0);
  });
});
