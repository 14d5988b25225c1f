import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { Tally } from "../tally/tally.ts";
import { abstention, letters, verdictAfter } from "./__fixtures__/verdict-after.ts";
import { ModePosterior, type SpreadPrior } from "./mode-posterior.ts";
import { buildRule } from "./registry.ts";
import { ruleSpecSchema } from "./spec.ts";

/**
 * P(the answer counted as leader is the likeliest | the two largest counts), over every sequence of answers; where counts are
 * equal, chance picks which answers are counted as leader and as runner-up.
 */
function byEnumeration(library: readonly SpreadPrior[], first: number, second: number, rest: number): number {
  const votes = first + second + rest;
  let isMode = 0;
  let all = 0;
  for (const { frequencies, weight } of library) {
    const total = frequencies.reduce((a, b) => a + b, 0);
    const size = frequencies.length;
    for (let code = 0; code < size ** votes; code += 1) {
      const counts = frequencies.map(() => 0);
      let chance = weight;
      for (let i = 0, digits = code; i < votes; i += 1, digits = Math.floor(digits / size)) {
        const answer = digits % size;
        counts[answer]! += 1;
        chance *= frequencies[answer]! / total;
      }
      const sorted = [...counts].sort((a, b) => b - a);
      if (sorted[0] !== first || (sorted[1] ?? 0) !== second) continue;
      const leaders = counts.filter((count) => count === first).length;
      all += chance;
      if (counts[0] === first) isMode += chance / leaders;
    }
  }
  return all === 0 ? 0 : isMode / all;
}

describe("the posterior that the leader is the mode", () => {
  it.each([
    [[0.7, 0.3], 3, 1],
    [[0.9, 0.1], 2, 2],
    [[0.55, 0.45], 6, 0],
  ])("of two answers with shares %j, %i against %i, is a likelihood ratio", (frequencies, first, second) => {
    const [p, q] = frequencies as [number, number];
    const expected = 1 / (1 + (q / p) ** (first - second));
    const actual = new ModePosterior([{ frequencies, weight: 1 }]).probability(first, second, 0);
    expect(Math.abs(actual - expected)).toBeLessThan(1e-12);
  });

  const library: SpreadPrior[] = [
    { frequencies: [6, 3, 1], weight: 2 },
    { frequencies: [2, 1, 1, 1], weight: 1 },
    { frequencies: [5, 4], weight: 0.5 },
    { frequencies: [1], weight: 1 },
    { frequencies: [3, 3, 2, 1], weight: 1.5 },
  ];
  const states = Array.from({ length: 7 }, (_, votes) =>
    Array.from({ length: votes + 2 }, (_, first) =>
      Array.from({ length: votes + 2 - first }, (_, second) => [first, second, votes + 1 - first - second] as const),
    ).flat(),
  )
    .flat()
    .filter(([first, second, rest]) => first >= 1 && first >= second && (second > 0 || rest === 0));

  it("is what enumerating all sequences gives, for every state of up to seven votes", () => {
    const posterior = new ModePosterior(library);
    const reachable = states.filter(([first, second, rest]) => {
      const expected = byEnumeration(library, first, second, rest);
      expect(Math.abs(posterior.probability(first, second, rest) - expected)).toBeLessThan(1e-9);
      return expected > 0;
    });
    expect(reachable.length).toBeGreaterThan(30);
    expect(reachable.length).toBeLessThan(states.length);
  });

  it("does not depend on the scale of the frequencies", () => {
    const scaled = library.map(({ frequencies, weight }) => ({ frequencies: frequencies.map((f) => f * 7), weight }));
    expect(new ModePosterior(scaled).probability(4, 2, 1)).toBeCloseTo(
      new ModePosterior(library).probability(4, 2, 1),
      12,
    );
  });

  it("stays a number for many votes", () => {
    const posterior = new ModePosterior(library);
    expect(posterior.probability(900, 500, 40)).toBeGreaterThan(0.999);
    expect(posterior.probability(700, 700, 0)).toBeLessThanOrEqual(0.5);
  });
});

describe("bayes-l3", () => {
  const spec = { rule: "bayes-l3", library: [{ frequencies: [0.8, 0.2] }], level: 0.95 };

  it("stops when the likelihood ratio of its one spread is large enough: 4^lead", () => {
    expect(verdictAfter(spec, [])).toEqual({ stop: false, need: 3 });
    expect(verdictAfter(spec, letters("AABA"))).toEqual({ stop: false, need: 1 });
    expect(verdictAfter(spec, letters("AABAA"))).toEqual({
      stop: true,
      answer: "A",
      reason: "bayes-l3",
      certificate: "predictive",
    });
    expect(verdictAfter(spec, [abstention, abstention])).toEqual({ stop: false, need: 3 });
  });

  it("after one vote, where other questions were unanimous", () => {
    expect(verdictAfter({ ...spec, library: [{ frequencies: [40] }] }, letters("A"))).toMatchObject({ stop: true });
  });

  it("never stops on counts that the library cannot give", () => {
    expect(verdictAfter(spec, letters("AAAAAAAABC"), { maxSamples: 12 })).toEqual({ stop: false, need: 2 });
    expect(verdictAfter(spec, letters("AAAAAAAABC")).stop).toBe(false);
  });

  const share = fc.integer({ min: 1, max: 9 });
  const spread = fc.array(share, { minLength: 1, maxLength: 4 }).map((shares) => shares.sort((a, b) => b - a));
  test.prop(
    [fc.array(spread, { minLength: 1, maxLength: 3 }), fc.array(fc.constantFrom("A", "B", "C"), { maxLength: 8 })],
    {
      seed: 59,
      numRuns: 60,
    },
  )("never needs more than the quickest future takes", (spreads, history) => {
    const library = spreads.map((frequencies) => ({ frequencies }));
    // One rule for all: it remembers what it has worked out.
    const rule = buildRule(ruleSpecSchema.parse({ ...spec, level: 0.9, library }));
    const verdictOn = (answers: string) => {
      const tally = [...answers].reduce((sum, answer) => sum.add(answer, 1), Tally.empty());
      return rule.verdict(undefined, tally, 40 - answers.length);
    };
    const before = history.join("");
    const verdict = verdictOn(before);
    if (verdict.stop) return;
    // Order is of no matter to counts.
    const futures = (length: number, from = 0): string[] =>
      length === 0
        ? [""]
        : [..."ABCD"].flatMap((next, i) => (i < from ? [] : futures(length - 1, i).map((future) => next + future)));
    for (let length = 1; length < Math.min(verdict.need, 5); length += 1)
      for (const future of futures(length)) expect(verdictOn(before + future).stop).toBe(false);
  });

  it.each([
    [[], />=1|at least 1|Too small/i],
    [[{ frequencies: [1, 2] }], /largest first/],
    [[{ frequencies: [1, 0] }], />0/],
    [[{ frequencies: [] }], />=1|Too small/i],
  ])("refuses the library %j", (library, message) => {
    const parsed = ruleSpecSchema.safeParse({ rule: "bayes-l3", library });
    expect(parsed.error?.issues[0]?.message).toMatch(message);
  });
});
