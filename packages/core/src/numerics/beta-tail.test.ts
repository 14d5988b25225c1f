import { describe, expect, it } from "vitest";
import { betaTail } from "./beta-tail.ts";

/** P(Bin(n, ½) ≤ k) by exact integers, rounded once at the end: independent of the code under test. */
function exactTail(leader: number, runnerUp: number): number {
  const trials = BigInt(leader + runnerUp + 1);
  let term = 1n;
  let sum = 1n;
  for (let i = 0n; i < BigInt(leader); i += 1n) {
    term = (term * (trials - i)) / (i + 1n);
    sum += term;
  }
  const digits = 10n ** 30n;
  return Number((sum * digits) / (1n << trials)) / 1e30;
}

describe("betaTail", () => {
  it.each([
    [0, 0, 1 / 2],
    [1, 0, 3 / 4],
    [4, 0, 31 / 32],
    [6, 0, 127 / 128],
    [3, 1, 13 / 16],
    [6, 1, 247 / 256],
    [9, 1, 509 / 512],
    [8, 2, 1981 / 2048],
    [9, 3, 3907 / 4096],
    [10, 6, 54647 / 65536],
    [12, 5, 31191 / 32768],
    [20, 15, 6850334341 / 8589934592],
    [23, 17, 453853968949 / 549755813888],
  ])("is exact for few votes: %i against %i", (leader, runnerUp, expected) => {
    expect(betaTail(leader, runnerUp)).toBe(expected);
  });

  it.each([
    [26, 26],
    [30, 25],
    [60, 45],
    [100, 80],
    [51, 1],
    [200, 150],
    [500, 480],
    [1000, 1000],
    [5000, 4900],
    [9990, 10_000],
    [10_000, 9990],
    [10_000, 9700],
    [10_000, 0],
    [0, 10_000],
  ])("is right to 1e-10 for many votes: %i against %i", (leader, runnerUp) => {
    expect(Math.abs(betaTail(leader, runnerUp) - exactTail(leader, runnerUp))).toBeLessThan(1e-10);
  });

  it("joins the exact sum and the continued fraction without a step", () => {
    for (let leader = 20; leader <= 40; leader += 1) {
      const runnerUp = 52 - leader;
      expect(Math.abs(betaTail(leader, runnerUp) - exactTail(leader, runnerUp))).toBeLessThan(1e-12);
    }
  });
});
