import { describe, expect, it } from "vitest";
import { Tally } from "../tally/tally.ts";
import { buildWeighting } from "./registry.ts";
import { weightingSpecSchema } from "./spec.ts";
import type { WeighedVote, WeightingSpec } from "./weighting.ts";

/** Letters vote; missing confidences are absent. */
function votesOf(answers: string, confidences: readonly (number | undefined)[]): WeighedVote[] {
  return [...answers].map((answer, i) => {
    const confidence = confidences[i];
    return confidence === undefined ? { answer } : { answer, confidence };
  });
}

function weigh(spec: WeightingSpec, answers: string, confidences: readonly (number | undefined)[]): readonly number[] {
  const built = buildWeighting(weightingSpecSchema.parse(spec), {});
  if (built.kind === "separate") throw new Error(`${spec.form} weighs votes one by one`);
  return built.weighAll(votesOf(answers, confidences));
}

function winner(answers: string, weights: readonly number[]): string | undefined {
  return [...answers].reduce((tally, answer, i) => tally.add(answer, weights[i]!), Tally.empty()).byWeight.leader
    ?.answer;
}

const closeTo = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));

describe("top-share (DeepConf, offline)", () => {
  const confidences = [0.2, 0.9, 0.5, 0.7, 0.1];

  it("keeps the most confident, rounded up", () => {
    expect(weigh({ form: "top-share", keep: 0.1 }, "AABBB", confidences)).toEqual([0, 0.9, 0, 0, 0]);
    expect(weigh({ form: "top-share", keep: 0.4 }, "AABBB", confidences)).toEqual([0, 0.9, 0, 0.7, 0]);
    expect(weigh({ form: "top-share", keep: 0.41 }, "AABBB", confidences)).toEqual([0, 0.9, 0.5, 0.7, 0]);
    expect(weigh({ form: "top-share", keep: 1 }, "AABBB", confidences)).toEqual(confidences);
  });

  it("takes a share that is a hair above an integer for the integer", () => {
    expect(0.07 * 100).toBeGreaterThan(7);
    const hundred = Array.from({ length: 100 }, (_, i) => i / 100);
    const kept = weigh({ form: "top-share", keep: 0.07 }, "A".repeat(100), hundred).filter((weight) => weight > 0);
    expect(kept).toHaveLength(7);
  });

  it("may let the kept ones count as one, and gives a tie to the earlier sample", () => {
    expect(weigh({ form: "top-share", keep: 0.5, weight: "count" }, "ABCD", [0.3, 0.8, 0.8, 0.8])).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it("takes a missing confidence as its parameter says", () => {
    const spec = { form: "top-share", keep: 0.5, missing: 0.6 };
    expect(weigh(spec, "ABCD", [undefined, 0.5, 0.7, undefined])).toEqual([0.6, 0, 0.7, 0]);
  });
});

describe("borda (self-certainty)", () => {
  it.each([
    [1, [3, 2, 4, 1]],
    [2, [9, 4, 16, 1]],
    [0, [1, 1, 1, 1]],
    [0.5, [Math.sqrt(3), Math.SQRT2, 2, 1]],
  ])("weighs (N − rank + 1)^%d", (power, weights) => {
    expect(weigh({ form: "borda", power }, "ABAB", [0.6, 0.5, 0.9, 0.1])).toEqual(closeTo(weights));
  });

  it("gives equal confidences their mean rank, whatever their order", () => {
    expect(weigh({ form: "borda" }, "ABCD", [0.5, 0.9, 0.5, 0.5])).toEqual([2, 4, 2, 2]);
    expect(weigh({ form: "borda" }, "ABC", [undefined, 0.5, 0.4])).toEqual([2.5, 2.5, 1]);
  });
});

describe("rank-normal (TACT)", () => {
  // Quartiles of the normal distribution: Φ⁻¹(¾) = 0.674489750196.
  it("weighs exp(γφ) of the rank's normal score", () => {
    const [low, high] = [Math.exp(-0.8 * 0.674489750196082), Math.exp(0.8 * 0.674489750196082)];
    expect(weigh({ form: "rank-normal", gamma: 0.8 }, "ABC", [0.3, 0.2, 0.9])).toEqual(closeTo([1, low, high]));
    expect(weigh({ form: "rank-normal", gamma: -0.8 }, "ABC", [0.3, 0.2, 0.9])).toEqual(closeTo([1, high, low]));
  });

  it("is plurality at γ = 0, and where all are alike", () => {
    expect(weigh({ form: "rank-normal", gamma: 0 }, "ABB", [0.9, 0.2, 0.1])).toEqual([1, 1, 1]);
    expect(weigh({ form: "rank-normal", gamma: 2 }, "ABB", [0.4, 0.4, 0.4])).toEqual([1, 1, 1]);
    expect(weigh({ form: "rank-normal" }, "A", [0.99])).toEqual([1]);
  });

  it("depends on the order of confidences only", () => {
    const confidences = [0.3, 0.2, 0.9, 0.25];
    const stretched = confidences.map((confidence) => confidence ** 3);
    expect(weigh({ form: "rank-normal" }, "ABCD", stretched)).toEqual(
      weigh({ form: "rank-normal" }, "ABCD", confidences),
    );
  });
});

describe("distinct-paths (RPC)", () => {
  it("counts a path once, however often it was sampled", () => {
    const weights = weigh({ form: "distinct-paths" }, "AAAB", [0.01, 0.01, 0.01, 0.02]);
    expect(weights).toEqual([0.01, 0, 0, 0.02]);
    expect(winner("AAAB", weights)).toBe("B");
  });

  it("does not take paths to different answers for one", () => {
    expect(weigh({ form: "distinct-paths" }, "ABA", [0.01, 0.01, 0.02])).toEqual([0.01, 0.01, 0.02]);
  });

  it("gives a path of unknown probability no weight, and falls back to counts where none is known", () => {
    expect(weigh({ form: "distinct-paths" }, "AB", [undefined, 1e-9])).toEqual([0, 1e-9]);
    const weights = weigh({ form: "distinct-paths" }, "ABB", [undefined, undefined, undefined]);
    expect(weights).toEqual([0, 0, 0]);
    expect(winner("ABB", weights)).toBe("B");
  });

  it("prunes what is below the mean and in the lower component, and nothing else", () => {
    const low = [0.02, 0.035, 0.05, 0.06, 0.08, 0.11];
    const high = [0.5, 0.62, 0.7, 0.74, 0.81, 0.9, 0.88, 0.66];
    const spec = { form: "distinct-paths", prune: "weibull" };
    expect(weigh(spec, "AAAAAABBBBBBBB", [...low, ...high])).toEqual([...low.map(() => 0), ...high]);
    // 0.5 is above 0.2, where the components meet, and stays although it is below the mean of 0.52.
    expect(weigh(spec, "AAAAAABBBBBBBBA", [...low, ...high, undefined])[6]).toBe(0.5);
  });

  it("prunes nothing where the mixture cannot be told", () => {
    const few = [0.001, 0.5, 0.6, 0.7, 0.8];
    expect(weigh({ form: "distinct-paths", prune: "weibull" }, "ABBBB", few)).toEqual(few);
  });
});

describe("cut-below (DeepConf, online)", () => {
  const warmUp = [0.1, 0.2, 0.3, 0.4, 0.5];
  const cut = (percentile: number, options = {}) => ({ form: "cut-below", warmUp: 5, percentile, ...options });

  it("weighs all until the warm-up is complete", () => {
    expect(weigh(cut(90), "AAAA", warmUp.slice(0, 4))).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it.each([
    // Thresholds .46, .42 and .14, between the order statistics.
    [90, [0, 0, 0, 0, 0.5]],
    [80, [0, 0, 0, 0, 0.5]],
    [10, [0, 0.2, 0.3, 0.4, 0.5]],
    [0, warmUp],
  ])("then drops those of the warm-up that are under percentile %d too", (percentile, weights) => {
    expect(weigh(cut(percentile), "AAAAA", warmUp)).toEqual(weights);
  });

  it("holds later votes to the warm-up's threshold, whatever they are", () => {
    const later = [0.45, 0.47, 0.99, 0.46];
    expect(weigh(cut(90), "AAAAABBBB", [...warmUp, ...later]).slice(5)).toEqual([0, 0.47, 0.99, 0.46]);
    expect(weigh(cut(90, { weight: "count" }), "AAAAABBBB", [...warmUp, ...later]).slice(4)).toEqual([1, 0, 1, 1, 1]);
  });
});
