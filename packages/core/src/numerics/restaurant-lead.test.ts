import { describe, expect, it } from "vitest";
import { restaurantLead, type Seating } from "./restaurant-lead.ts";

/** The chance for one α by walking every continuation vote by vote. Tables in order of appearance. */
function walked(tables: readonly number[], leader: number, alpha: number, further: number): number {
  if (further === 0) {
    const passed = tables.some((count, place) => (place < leader ? count >= tables[leader]! : count > tables[leader]!));
    return passed ? 0 : 1;
  }
  const total = tables.reduce((sum, count) => sum + count, alpha);
  let chance = (alpha / total) * walked([...tables, 1], leader, alpha, further - 1);
  for (const [place, count] of tables.entries()) {
    const grown = tables.map((votes, other) => votes + (other === place ? 1 : 0));
    chance += (count / total) * walked(grown, leader, alpha, further - 1);
  }
  return chance;
}

/** The same over Gamma(k, rate 1 + γ + log n), by Simpson's rule. */
function walkedOverAlpha({ leader, earlier, later }: Seating, further: number): number {
  const tables = [...earlier, leader, ...later];
  const rate = 1 + 0.5772156649015329 + Math.log(tables.reduce((sum, count) => sum + count, 0));
  const shape = tables.length;
  let factorial = 1;
  for (let i = 2; i < shape; i += 1) factorial *= i;
  const steps = 1600;
  const width = (shape + 36) / rate / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i += 1) {
    const alpha = i * width;
    const density = (rate ** shape * alpha ** (shape - 1) * Math.exp(-rate * alpha)) / factorial;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * density * walked(tables, earlier.length, alpha, further);
  }
  return (sum * width) / 3;
}

const seating = (leader: number, earlier: number[], later: number[]): Seating => ({ leader, earlier, later });

describe("restaurantLead", () => {
  it.each([
    [seating(3, [], []), 37, 0.98189005],
    [seating(4, [], []), 36, 0.99422619],
    [seating(3, [], [1]), 8, 0.92980791],
    [seating(2, [], [2]), 8, 0.55033284],
    [seating(7, [], [1]), 4, 1],
    [seating(6, [], [1]), 33, 0.99062524],
    [seating(5, [], [2, 1]), 12, 0.94612839],
  ])("of %j, %i to come, is the published value", (seated, further, expected) => {
    expect(Math.abs(restaurantLead(seated, further) - expected)).toBeLessThan(1e-8);
  });

  it.each([
    [seating(1, [], []), 5],
    [seating(2, [1], []), 5],
    [seating(2, [], [1]), 5],
    [seating(3, [2], [3]), 4],
    [seating(2, [1, 1], [2]), 4],
    [seating(3, [2, 1], [1]), 4],
    [seating(5, [1], [1]), 3],
  ])("of %j, %i to come, agrees with walking every continuation", (seated, further) => {
    expect(Math.abs(restaurantLead(seated, further) - walkedOverAlpha(seated, further))).toBeLessThan(1e-8);
  });

  it("is certain when nobody can catch up, and when nothing is to come", () => {
    expect(restaurantLead(seating(9, [4], [4, 1]), 4)).toBeCloseTo(1, 12);
    expect(restaurantLead(seating(2, [1], [2, 1]), 0)).toBeCloseTo(1, 12);
  });

  it("shares one vote between answers that stand alike, but for the ties", () => {
    // Whoever is seen first keeps a level end; the others must get ahead.
    const first = restaurantLead(seating(2, [], [2]), 1);
    expect(first).toBeGreaterThan(0.5);
    expect(restaurantLead(seating(2, [2], []), 1)).toBeLessThan(first);
  });

  it("stays a probability far ahead and over many answers", () => {
    for (const further of [60, 128]) {
      const value = restaurantLead(seating(6, [4, 1], [5, 2, 2, 1, 1, 1, 1]), further);
      expect(value).toBeGreaterThan(0.3);
      expect(value).toBeLessThan(0.9);
    }
  });
});
