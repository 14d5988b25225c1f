import { betaTail } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { binomialTail } from "./binomial-tail.ts";
import { clopperPearsonInterval, clopperPearsonLower, clopperPearsonUpper } from "./clopper-pearson.ts";
import { conformalRank, conformalThreshold, fewestQuestionsToRank } from "./conformal.ts";
import { hoeffdingBentkus, hoeffdingBentkusUpper } from "./hoeffding-bentkus.ts";
import { fewestQuestionsToTest, learnThenTest, riskTest } from "./learn-then-test.ts";

/** P(Bin(n, a/b) ≤ k) in whole numbers, rounded once at the end: apart from the code under test. */
function exactTail(n: number, a: number, b: number, k: number): number {
  const [trials, wins, losses] = [BigInt(n), BigInt(a), BigInt(b - a)];
  let choose = 1n;
  let sum = 0n;
  for (let i = 0n; i <= BigInt(k); i += 1n) {
    sum += choose * wins ** i * losses ** (trials - i);
    choose = (choose * (trials - i)) / (i + 1n);
  }
  return Number((sum * 10n ** 40n) / BigInt(b) ** trials) / 1e40;
}

describe("binomialTail", () => {
  it.each([
    [300, 0.02, 2, 0.0601836978906, 0.148510381511],
    [300, 0.01, 0, 0.0490408940713, 0.197649663984],
    [300, 0.005, -1, undefined, 0.222292199841],
    [500, 0.02, 5, 0.0651918671024, 0.127604431407],
    [500, 0.01, 1, 0.0397547408324, 0.123385774354],
    [500, 0.005, 0, 0.0815718614403, 0.28652628717],
    [659, 0.02, 8, 0.0895900520066, 0.151619434714],
    [659, 0.01, 2, 0.0395810227966, 0.10462589779],
    [659, 0.005, 0, 0.0367629379685, 0.158505531542],
    [1000, 0.02, 13, 0.0642261148996, 0.102528195867],
    [1000, 0.01, 5, 0.0661395116073, 0.12887662617],
    [1000, 0.005, 1, 0.0400909966132, 0.124019617232],
  ])("n = %i, ε = %f: %i losses are the most that pass at δ = 0.1", (n, epsilon, most, atMost, above) => {
    if (atMost !== undefined) expect(binomialTail(n, epsilon, most)).toBeCloseTo(atMost, 10);
    expect(binomialTail(n, epsilon, most + 1)).toBeCloseTo(above, 10);
    const passes = (k: number) => riskTest({ count: n, sum: k, isBinary: true }, epsilon, 0.1).passed;
    if (most >= 0) expect(passes(most)).toBe(true);
    expect(passes(most + 1)).toBe(false);
  });

  it.each([
    [1, 1, 3, 0],
    [40, 1, 2, 23],
    [200, 9, 10, 170],
    [1500, 1, 50, 29],
    [3000, 1, 1000, 0],
    [2000, 1, 4, 600],
  ])("P(Bin(%i, %i/%i) ≤ %i) is that of whole numbers", (n, a, b, k) => {
    expect(Math.abs(binomialTail(n, a / b, k) - exactTail(n, a, b, k))).toBeLessThan(1e-11);
  });

  it("at its ends", () => {
    expect(binomialTail(5, 0.3, -1)).toBe(0);
    expect(binomialTail(5, 0.3, 5)).toBe(1);
    expect(binomialTail(0, 0.3, 0)).toBe(1);
    expect(binomialTail(5, 0, 0)).toBe(1);
    expect(binomialTail(5, 1, 4)).toBe(0);
    expect(binomialTail(1_000_000, 0.5, 1000)).toBe(0);
  });
});

describe("Clopper–Pearson", () => {
  it.each([
    [0, 100, 0.1, 0.022762779044],
    [0, 300, 0.1, 0.0076459038679],
    [3, 500, 0.1, 0.013312445243],
    [10, 1000, 0.05, 0.016903175121],
  ])("%i of %i at alpha %f is below %f", (k, n, alpha, upper) => {
    expect(clopperPearsonUpper(k, n, alpha)).toBeCloseTo(upper, 10);
  });

  it("turned round is the lower bound; nothing and everything have one end", () => {
    // 1 − (1 − x)^20 = 0.025 and x^20 = 0.025, in closed form.
    expect(clopperPearsonInterval(0, 20).low).toBe(0);
    expect(clopperPearsonInterval(0, 20).high).toBeCloseTo(1 - 0.025 ** (1 / 20), 12);
    expect(clopperPearsonInterval(20, 20).low).toBeCloseTo(0.025 ** (1 / 20), 12);
    expect(clopperPearsonInterval(20, 20).high).toBe(1);
    const low = clopperPearsonLower(7, 90, 0.1);
    expect(1 - exactTail(90, Math.round(low * 1e6), 1e6, 6)).toBeCloseTo(0.1, 4);
  });
});

describe("Hoeffding–Bentkus", () => {
  it("is the smaller of two bounds, each by another way", () => {
    for (const [n, mean] of [
      [500, 0.004],
      [500, 0.0101],
      [120, 0.001],
      [2000, 0.011],
    ] as const) {
      const bentkus = Math.E * exactTail(n, 1, 50, Math.ceil(n * mean));
      const hoeffding = ((0.02 / mean) ** mean * (0.98 / (1 - mean)) ** (1 - mean)) ** n;
      expect(hoeffdingBentkus(n, 0.02, mean)).toBeCloseTo(Math.min(bentkus, hoeffding), 10);
    }
  });

  it("without a loss is (1 − ε)ⁿ, and above ε says nothing", () => {
    expect(hoeffdingBentkus(230, 0.01, 0)).toBeCloseTo(0.99 ** 230, 12);
    expect(hoeffdingBentkus(230, 0.01, 0.02)).toBe(1);
  });

  it("its upper bound is where the p-value meets alpha", () => {
    const upper = hoeffdingBentkusUpper(400, 0.006, 0.1);
    expect(hoeffdingBentkus(400, upper, 0.006)).toBeCloseTo(0.1, 9);
    expect(hoeffdingBentkusUpper(400, 1, 0.1)).toBe(1);
  });

  it("takes a sum of thirds for the whole number that it is", () => {
    const thirds = Array.from({ length: 9 }, () => 1 / 3).reduce((a, b) => a + b, 0);
    expect(hoeffdingBentkus(500, 0.02, thirds / 500)).toBeCloseTo(hoeffdingBentkus(500, 0.02, 3 / 500), 12);
  });
});

describe("learn then test", () => {
  const losing = (...sums: number[]) => sums.map((sum) => ({ count: 500, sum, isBinary: true }));

  it("goes from strict to loose and stops at the first failure, whatever lies behind it", () => {
    const path = learnThenTest(losing(0, 2, 5, 6, 0), 0.02, 0.1);
    expect(path.map(({ sum, passed }) => [sum, passed])).toEqual([
      [0, true],
      [2, true],
      [5, true],
      [6, false],
    ]);
  });

  it("a level passes exactly when the upper bound of its risk is within ε", () => {
    for (const isBinary of [true, false]) {
      for (let sum = 0; sum < 12; sum += 1) {
        const { passed, upperBound } = riskTest({ count: 500, sum, isBinary }, 0.02, 0.1);
        expect(passed, `${sum}`).toBe(upperBound <= 0.02);
      }
    }
  });

  it.each([
    [0.02, 114],
    [0.01, 230],
    [0.005, 460],
  ])("at ε = %f needs %i questions", (epsilon, needed) => {
    expect(fewestQuestionsToTest(epsilon, 0.1)).toBe(needed);
    const passes = (count: number) => riskTest({ count, sum: 0, isBinary: true }, epsilon, 0.1).passed;
    expect([passes(needed - 1), passes(needed)]).toEqual([false, true]);
  });
});

describe("conformal", () => {
  it.each([
    [659, 0.02, 647],
    [659, 0.01, 654],
    [659, 0.005, 657],
    [99, 0.02, 98],
    [99, 0.01, 99],
    [99, 0.005, 100],
    [19, 0.05, 19],
    [9, 0.2, 8],
  ])("of %i questions at ε = %f the rank is %i", (n, epsilon, rank) => {
    expect(conformalRank(n, epsilon)).toBe(rank);
    expect(n >= fewestQuestionsToRank(epsilon)).toBe(rank <= n);
  });

  it.each([
    [0.2, 0.875, 3],
    [0.1, 0.9375, 4],
    [0.05, undefined, undefined],
  ])("ε = %f must exceed %s, which takes %s votes of one mind", (epsilon, threshold, votes) => {
    const maxima = [0.875, 0, 0.5, 0.9375, 0, 0.75, 0.8125, 0, 0.875];
    const found = conformalThreshold(maxima, epsilon);
    expect(found).toBe(threshold);
    if (found === undefined) return;
    const needed = Array.from({ length: 9 }, (_, v) => v).find((v) => betaTail(v, 0) > found);
    expect(needed).toBe(votes);
  });
});
