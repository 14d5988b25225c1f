import { describe, expect, it } from "vitest";
import { betaTail } from "../numerics/beta-tail.ts";
import { allocatorNamed, allocators, type OpenVote } from "./allocator.ts";

const vote = (leader: number, runnerUp: number, samples = leader + runnerUp): OpenVote => ({
  leader,
  runnerUp,
  samples,
});
const urgency = (name: string, ...of: Parameters<typeof vote>) => allocatorNamed(name)!.urgency(vote(...of));

describe("allocators", () => {
  it("have names, and no other names have allocators", () => {
    expect(allocators.map(({ name }) => name)).toEqual(["equal", "unsettled", "value"]);
    expect(allocatorNamed("fair")).toBeUndefined();
  });

  it.each(allocators.map(({ name }) => name))("%s is finite for votes of any size", (name) => {
    for (const [leader, runnerUp] of [
      [0, 0],
      [10_000, 0],
      [5000, 5000],
      [60, 3],
    ] as const) {
      expect(Number.isFinite(urgency(name, leader, runnerUp))).toBe(true);
    }
  });

  it("equal looks at samples alone", () => {
    expect(urgency("equal", 2, 0, 3)).toBe(urgency("equal", 0, 0, 3));
    expect(urgency("equal", 2, 0)).toBeGreaterThan(urgency("equal", 2, 1));
  });
});

describe("unsettled", () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [4, 0],
    [4, 4],
  ])("is the Beta value early: %i:%i", (leader, runnerUp) => {
    expect(Math.exp(urgency("unsettled", leader, runnerUp))).toBeCloseTo(2 * (1 - betaTail(leader, runnerUp)), 12);
  });

  /** Density of Beta(v1 + 1, v2 + 1) at ½: vectors computed apart from this code. */
  it.each([
    [15, 3, 0.0591430664062],
    [20, 10, 0.867429622449],
    [30, 20, 2.13481661188],
    [100, 80, 3.5523798906],
  ])("is the density at ½ late: %i:%i", (leader, runnerUp, density) => {
    expect(Math.exp(urgency("unsettled", leader, runnerUp))).toBeCloseTo(density, 9);
  });

  it("goes from the one to the other in between", () => {
    const at = (samples: number) => urgency("unsettled", 6, 2, samples);
    expect(at(12)).toBeCloseTo((at(8) + at(16)) / 2, 12);
    expect(at(8)).not.toBeCloseTo(at(16), 3);
  });

  it("falls as the leader gains and rises as the runner-up does", () => {
    for (let leader = 1; leader < 30; leader += 1) {
      for (let runnerUp = 0; runnerUp < leader; runnerUp += 1) {
        const samples = 40;
        expect(urgency("unsettled", leader + 1, runnerUp, samples)).toBeLessThan(
          urgency("unsettled", leader, runnerUp, samples),
        );
      }
    }
  });
});

describe("value", () => {
  it.each([
    [0, 0, 1 / 2],
    [1, 1, 1 / 2],
    [1, 0, 1 / 4 / 2],
    [4, 0, 1 / 32 / 5],
    [3, 1, 3 / 16 / 3],
  ])("of %i:%i is the loss by the votes that could turn it", (leader, runnerUp, expected) => {
    expect(urgency("value", leader, runnerUp)).toBeCloseTo(expected, 15);
  });
});
