import { describe, expect, it } from "vitest";
import { Tally } from "../tally/tally.ts";
import { buildWeighting, weightingDefinitions } from "./registry.ts";
import { weightingSpecSchema } from "./spec.ts";
import type { SeparateWeighting } from "./weighting.ts";

const weighting = (spec: { form: string; [parameter: string]: unknown }, optionCount?: number): SeparateWeighting => {
  const built = buildWeighting(weightingSpecSchema.parse(spec), optionCount === undefined ? {} : { optionCount });
  if (built.kind === "joint") throw new Error(`${spec.form} weighs votes against each other`);
  return built;
};

function vote(answers: string, confidences: readonly number[], weigh: (confidence: number) => number) {
  return [...answers].reduce((tally, answer, i) => tally.add(answer, weigh(confidences[i]!)), Tally.empty());
}

/** Expected figures: exact fractions or double precision, computed apart from this code; 1e-9 is far above rounding. */
describe("softmax (CISC)", () => {
  it.each([
    ["AAB", [0.8, 0.7, 0.9], 0.1, "B", 0.665240955775],
    ["AAB", [0.8, 0.7, 0.9], 0.5, "A", 0.598240421467],
    ["AAB", [0.8, 0.7, 0.9], 1, "A", 0.632834598889],
    ["AABBC", [0.55, 0.6, 0.9, 0.5, 0.2], 0.25, "B", 0.663848664654],
  ])("%s at temperature %d", (answers, confidences, temperature, winner, share) => {
    const tally = vote(answers, confidences as number[], weighting({ form: "softmax", temperature }).weigh);
    expect(tally.byWeight.leader?.answer).toBe(winner);
    expect(Math.abs(tally.support - share)).toBeLessThan(1e-9);
  });

  it("stays finite at the lowest temperature", () => {
    const { weigh, range } = weighting({ form: "softmax", temperature: 0.01 });
    expect(weigh(1)).toBe(1);
    expect(range.min).toBeGreaterThan(0);
  });
});

describe("log-odds", () => {
  it.each([
    [
      [0.6, 0.55, 0.9],
      [1.50407739678, 1.29928298413, 3.295836866],
    ],
    [
      [0.7, 0.2, 0.25],
      [1.94591014906, -0.287682072452, 0],
    ],
  ])("weighs %j with four options", (confidences, weights) => {
    const { weigh } = weighting({ form: "log-odds", allowNegative: true }, 4);
    confidences.forEach((confidence, i) => {
      expect(Math.abs(weigh(confidence) - weights[i]!)).toBeLessThan(1e-9);
    });
  });

  it("does not vote against an answer unless allowed to", () => {
    expect(weighting({ form: "log-odds" }, 4).weigh(0.2)).toBe(0);
    expect(weighting({ form: "log-odds" }, 4).range.min).toBe(0);
    expect(weighting({ form: "log-odds", allowNegative: true }, 4).range.min).toBeLessThan(0);
  });

  it("is tempered and clipped", () => {
    expect(weighting({ form: "log-odds", tempering: 0.5 }).weigh(0.9)).toBeCloseTo(0.5 * Math.log(9), 12);
    expect(weighting({ form: "log-odds", clip: 0.1 }).weigh(1)).toBeCloseTo(Math.log(9), 12);
    expect(weighting({ form: "log-odds", answers: 3 }).weigh(0.5)).toBeCloseTo(Math.log(2), 12);
  });
});

describe("density-ratio (Kuang)", () => {
  /** What the table holds: log f₁/f₀ and the prior's log-odds; four answers add log 3. */
  const point = (ratio: number, right: number) => [[0.5, ratio + Math.log(right) - Math.log(1 - right)]];
  it.each([
    [0.4, 0.7, 2.34591014906],
    [-1.2, 0.3, -0.948685571719],
  ])("weighs a log ratio of %d at a prior of %d", (ratio, right, weight) => {
    const spec = { form: "density-ratio", points: point(ratio, right) };
    const { weigh, range } = weighting({ ...spec, allowNegative: true }, 4);
    expect(Math.abs(weigh(0.3) - weight)).toBeLessThan(1e-9);
    expect(range).toEqual({ min: weigh(0.3), max: weigh(0.3) });
    expect(weighting({ ...spec, answers: 4, allowNegative: true }).weigh(0.3)).toBe(weigh(0.3));
    expect(weighting(spec, 4).weigh(0.3)).toBe(Math.max(0, weigh(0.3)));
  });

  it("goes straight between its points, which need not rise", () => {
    const points = [
      [0.2, 1],
      [0.4, 3],
      [0.8, 0.5],
    ];
    const { weigh, range } = weighting({ form: "density-ratio", points });
    expect([0, 0.3, 0.6, 1].map(weigh)).toEqual([1, 2, 1.75, 0.5].map((weight) => expect.closeTo(weight, 12)));
    expect(range).toEqual({ min: 0.5, max: 3 });
  });
});

describe("every weighting of votes one by one", () => {
  const separate = ["count", "density-ratio", "linear", "log-odds", "softmax"];
  const parameters: Record<string, object> = {
    "density-ratio": {
      points: [
        [0.1, -2],
        [0.7, 1],
      ],
    },
  };

  it("is tested", () => {
    const joint = ["borda", "cut-below", "distinct-paths", "rank-normal", "top-share"];
    expect(weightingDefinitions.map(({ name }) => name)).toEqual([...separate, ...joint].sort());
  });

  it.each(separate)("%s stays inside its range and never falls", (form) => {
    const { weigh, range } = weighting({ form, ...parameters[form] });
    let last = Number.NEGATIVE_INFINITY;
    for (let confidence = 0; confidence <= 1; confidence += 0.01) {
      const weight = weigh(confidence);
      expect(weight).toBeGreaterThanOrEqual(Math.max(range.min, last));
      expect(weight).toBeLessThanOrEqual(range.max);
      last = weight;
    }
  });

  it.each(["linear", "softmax", "log-odds"])("%s counts a missing confidence as its parameter says", (form) => {
    const { weigh } = weighting({ form, missing: 0.8 });
    expect(weigh(undefined)).toBe(weigh(0.8));
    expect(weighting({ form }).weigh(undefined)).toBe(weigh(0.5));
  });

  it("count is one, whatever the confidence", () => {
    expect([undefined, 0, 1].map(weighting({ form: "count" }).weigh)).toEqual([1, 1, 1]);
  });
});

describe("weighting in a policy", () => {
  it("refuses an unknown form and names the known ones", () => {
    const result = weightingSpecSchema.safeParse({ form: "quadratic" });
    expect(result.error?.issues[0]?.message).toContain("known: borda, count, cut-below");
  });

  it.each([
    { form: "softmax", temperature: 0 },
    { form: "softmax", temperture: 1 },
    { form: "log-odds", tempering: 1.1 },
    { form: "count", level: 1 },
    { form: "top-share", keep: 0 },
    { form: "top-share", weight: "linear" },
    { form: "borda", power: -1 },
    { form: "rank-normal", gamma: 21 },
    { form: "distinct-paths", missing: 0.5 },
    { form: "cut-below", warmUp: 0 },
    { form: "cut-below", percentile: 101 },
    { form: "density-ratio" },
    { form: "density-ratio", points: [] },
  ])("refuses %j", (spec) => {
    expect(weightingSpecSchema.safeParse(spec).success).toBe(false);
  });
});
