import { describe, expect, it } from "vitest";
import { betaTail } from "./beta-tail.ts";
import { dirichletLead } from "./dirichlet-lead.ts";

/**
 * The product of the distribution functions multiplied out: Σ ± (v₁ + Σi)!/(v₁! Πi!)/(|S| + 1)^(v₁ + Σi + 1) over sets S
 * of others and i_j ≤ v_j, in exact integers over a common denominator.
 */
function exactLead(leader: number, others: readonly number[]): number {
  const total = leader + others.reduce((sum, votes) => sum + votes, 0);
  const factorials = [1n];
  for (let i = 1; i <= total; i += 1) factorials.push(factorials[i - 1]! * BigInt(i));
  let denominator = 1n;
  for (let size = 1; size <= others.length + 1; size += 1) denominator *= BigInt(size) ** BigInt(total + 1);
  let sum = 0n;
  const visit = (place: number, size: number, votes: number, divisor: bigint): void => {
    if (place === others.length) {
      const ways = factorials[votes]! / divisor;
      const share = denominator / BigInt(size + 1) ** BigInt(votes + 1);
      sum += size % 2 === 0 ? ways * share : -ways * share;
      return;
    }
    visit(place + 1, size, votes, divisor);
    for (let i = 0; i <= others[place]!; i += 1) visit(place + 1, size + 1, votes + i, divisor * factorials[i]!);
  };
  visit(0, 0, leader, factorials[leader]!);
  return Number((sum * 10n ** 30n) / denominator) / 1e30;
}

describe("dirichletLead", () => {
  it.each([
    [[4, 0], 31 / 32],
    [[6, 1], 247 / 256],
    [[5, 2, 1], 1373867 / 1679616],
    [[3, 1, 1], 4069 / 5832],
    [[4, 1, 1], 18961 / 23328],
    [[6, 1, 1], 2355973 / 2519424],
    [[6, 2, 2], 709001 / 839808],
    [[8, 2, 1, 1], 941591292755 / 990677827584],
    [[5, 1, 1, 1, 1, 1], 0.783655597072],
    [[10, 6, 3], 0.819866669473],
    [[4, 0, 0], 3661 / 3888],
    [[4, 0, 0, 0], 76111 / 82944],
    [[2, 2, 1], 1609 / 3888],
    [[1, 1, 1], 1 / 3],
  ])("of %j is the published value", ([leader, ...others], expected) => {
    expect(Math.abs(dirichletLead(leader!, others) - expected)).toBeLessThan(1e-12);
  });

  it.each([
    [[12, 9, 7]],
    [[20, 20, 5]],
    [[9, 8, 7, 2]],
    [[25, 1, 1, 1]],
    [[0, 7, 3]],
    [[14, 3, 3, 2, 1]],
    [[0, 0, 0, 0]],
  ])("of %j agrees with exact integers", ([leader, ...others]) => {
    expect(Math.abs(dirichletLead(leader!, others) - exactLead(leader!, others))).toBeLessThan(1e-12);
  });

  it.each([
    [0, 0],
    [60, 45],
    [100, 99],
    [500, 480],
    [1000, 1000],
    [1000, 20],
    [10_000, 9800],
    [9800, 10_000],
  ])("of two answers is the Beta criterion: %i against %i", (leader, runnerUp) => {
    expect(Math.abs(dirichletLead(leader, [runnerUp]) - betaTail(leader, runnerUp))).toBeLessThan(1e-10);
  });

  it("of equal answers is equal shares, however many votes there are", () => {
    for (const votes of [0, 5, 300, 5000]) {
      expect(Math.abs(dirichletLead(votes, [votes, votes, votes]) - 1 / 4)).toBeLessThan(1e-10);
    }
  });

  it("adds up to one over all answers", () => {
    const votes = [31, 30, 28, 12, 1, 1, 0];
    const sum = votes.reduce(
      (total, leader, place) =>
        total +
        dirichletLead(
          leader,
          votes.filter((_, other) => other !== place),
        ),
      0,
    );
    expect(Math.abs(sum - 1)).toBeLessThan(1e-11);
  });
});
