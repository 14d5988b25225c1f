import { describe, expect, it } from "vitest";
import { expectedGains } from "./expected-gain.ts";

/** P(p₁ > p₂) for counts a and b under a uniform prior, as a fraction of whole numbers: P(Bin(a + b + 1, ½) ≤ a). */
function moreLikely(a: number, b: number): number {
  const throws = a + b + 1;
  let [ways, sum] = [1, 0];
  for (let heads = 0; heads <= a; heads += 1) {
    sum += ways;
    ways = (ways * (throws - heads)) / (heads + 1);
  }
  return sum / 2 ** throws;
}

/** Every sequence of further samples, each with the probability of its draws from the urn: the definition itself. */
function byEnumeration(counts: readonly [number, number, number], more: number): number {
  const [leader, runnerUp, others] = counts;
  if (more === 0) return Math.max(moreLikely(leader, runnerUp), moreLikely(runnerUp, leader));
  const balls = leader + runnerUp + others + 3;
  return (
    ((leader + 1) / balls) * byEnumeration([leader + 1, runnerUp, others], more - 1) +
    ((runnerUp + 1) / balls) * byEnumeration([leader, runnerUp + 1, others], more - 1) +
    ((others + 1) / balls) * byEnumeration([leader, runnerUp, others + 1], more - 1)
  );
}

describe("expectedGains", () => {
  it.each([
    [0, 0, 0],
    [1, 0, 0],
    [1, 1, 0],
    [2, 0, 1],
    [3, 1, 2],
    [4, 3, 0],
    [2, 2, 5],
  ])("of %i:%i:%i are those of all sequences of votes", (leader, runnerUp, others) => {
    const gains = expectedGains(leader, runnerUp, others, 9);
    for (let more = 0; more <= 9; more += 1) {
      const expected = byEnumeration([leader, runnerUp, others], more) - moreLikely(leader, runnerUp);
      expect(gains[more]).toBeCloseTo(expected, 12);
    }
  });

  it("are nothing up to the lead, and rise from there", () => {
    const gains = expectedGains(6, 2, 1, 60);
    expect([...gains.slice(0, 5)]).toEqual([0, 0, 0, 0, 0]);
    for (let more = 5; more <= 60; more += 1) expect(gains[more]).toBeGreaterThan(gains[more - 1]!);
    expect(gains[60]).toBeLessThan(1 - moreLikely(6, 2));
  });

  it("stay finite where single outcomes are too unlikely for a number", () => {
    const gains = expectedGains(700, 695, 0, 700);
    expect(gains[700]).toBeGreaterThan(0.1);
    expect(gains[700]).toBeLessThan(0.5);
  });
});
