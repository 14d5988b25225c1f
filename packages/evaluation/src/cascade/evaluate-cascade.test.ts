import { type DecisionConfidence, type Policy, parsePolicy, presetNamed } from "@quorate/core";
import { openTrace } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { embeddedTrace } from "../__fixtures__/embedded-traces.ts";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { calibrateDecision } from "../calibrate/calibrate-decision.ts";
import { cascadeLines } from "./cascade-lines.ts";
import { evaluateCascade } from "./evaluate-cascade.ts";

/** P(right) = the leader's share: log-odds of it would be the same order, and this one can be checked by hand. */
const share: DecisionConfidence = {
  version: 1,
  method: "vote-state",
  model: {
    ridge: 1,
    intercept: 0,
    features: [{ name: "leader-share", mean: 0.5, deviation: 1, weight: 4 }],
  },
  calibrator: { form: "identity" },
  crossValidated: { folds: 5, groups: 100, ece: 0, brier: 0, auroc: 1 },
  fittedOn: { file: "f", digest: "d", date: "2025-01-31", count: 100, right: 50 },
};
const policy: Policy = parsePolicy({ ...presetNamed("sc"), decisionConfidence: share });
/** 1/(1 + e^(−4(share − ½))); of all votes it is 0.8808. */
const [half, threeQuarters] = [0.5, 0.7310585786];
const settings = { maxSamples: 4, permutations: 2, seed: 1 };

const weak = traceOf([
  recordedQuestion("sure", "AAAA", { gold: "A" }),
  recordedQuestion("unsure", "AABB", { gold: "C" }),
  recordedQuestion("wrong", "BBBA", { gold: "A" }),
  recordedQuestion("silent", "----", { gold: "A" }),
  recordedQuestion("alone", "AAAA", { gold: "A" }),
]);
const strong = traceOf([
  recordedQuestion("sure", "AAAA", { gold: "A" }),
  recordedQuestion("unsure", "CCCB", { gold: "C" }),
  recordedQuestion("wrong", "AAAA", { gold: "A" }),
  recordedQuestion("silent", "AACB", { gold: "A" }),
]);
const stages = [
  { trace: weak, policy },
  { trace: strong, policy },
];

describe("a cascade", () => {
  it("goes on from what is not likely enough right, and pays for what was reached", async () => {
    const levels = [0, half, half + 0.01, threeQuarters + 0.01, 1];
    const { escalating, questions, notes } = await evaluateCascade({ stages, ...settings, escalateBelow: levels });
    expect(questions).toBe(4);
    expect(notes.join()).toContain("1 question that not every stage recorded");
    expect(escalating.map(({ reached, accuracy }) => [reached[1], accuracy])).toEqual([
      [0, 1 / 4],
      // Without an answer nothing is likely.
      [1 / 4, 2 / 4],
      [2 / 4, 3 / 4],
      [3 / 4, 4 / 4],
      [1, 1],
    ]);
    expect(escalating.map(({ samples }) => samples)).toEqual([0, 1, 2, 3, 4].map((count) => [4, count]));
  });

  it("abstains after that by the confidence of the final answer", async () => {
    const { escalating } = await evaluateCascade({ stages, ...settings, escalateBelow: [0, 1] });
    const at = (place: number, below: number) => escalating[place]!.abstaining.find((point) => point.below === below);
    // Of the first model: sure and right, a half and wrong, three quarters and wrong, silent.
    expect(at(0, 0)).toEqual({ below: 0, coverage: 1, accuracy: 1 / 4 });
    expect(at(0, 0.6)).toEqual({ below: 0.6, coverage: 2 / 4, accuracy: 1 / 2 });
    expect(at(0, 0.8)).toEqual({ below: 0.8, coverage: 1 / 4, accuracy: 1 });
    expect(at(0, 0.9)).toEqual({ below: 0.9, coverage: 0 });
    expect(at(1, 0.8)).toEqual({ below: 0.8, coverage: 2 / 4, accuracy: 1 });
  });

  it("puts dollars to it where tokens and prices are known", async () => {
    const withTokens = (trace: ReturnType<typeof traceOf>, tokens: number) => ({
      ...trace,
      samplesAt: async (index: number) =>
        (await trace.samplesAt(index)).map((sample) => ({
          ...sample,
          usage: { inputTokens: 0, outputTokens: tokens },
        })),
    });
    const priced = (outputUsdPerMillion: number) => ({ inputUsdPerMillion: 0, outputUsdPerMillion, source: "a test" });
    const evaluate = (second: { readonly price?: ReturnType<typeof priced> }) =>
      evaluateCascade({
        ...settings,
        stages: [
          { trace: withTokens(weak, 100), policy, price: priced(1) },
          { trace: withTokens(strong, 50), policy, ...second },
        ],
        escalateBelow: [0, half + 0.01],
      });
    const { escalating, stages: alone } = await evaluate({ price: priced(20) });
    // Four samples of 100 tokens for everyone, and of 50 at twenty times the price for two of four questions.
    expect(escalating.map(({ costUsd }) => costUsd)).toEqual([
      expect.closeTo(4e-4, 12),
      expect.closeTo(4e-4 + 2e-3, 12),
    ]);
    expect(alone[1]!.costUsd).toBeCloseTo(4e-3, 12);
    const unpriced = await evaluate({});
    expect(unpriced.escalating[0]!.costUsd).toBeCloseTo(4e-4, 12);
    expect(unpriced.escalating[1]).not.toHaveProperty("costUsd");
    expect(cascadeLines(unpriced).join()).not.toContain("$");
  });

  it("is refused without a confidence of decisions, a second stage, or common questions", async () => {
    const blind = { trace: strong, policy: presetNamed("sc") };
    await expect(evaluateCascade({ ...settings, stages: [stages[0]!, blind] })).rejects.toThrowError(
      /"sc" does not know how likely.*quorate calibrate/,
    );
    await expect(evaluateCascade({ ...settings, stages: [stages[0]!] })).rejects.toThrowError(/two stages/);
    const others = { trace: traceOf([recordedQuestion("x", "AAAA", { gold: "A" })]), policy };
    await expect(evaluateCascade({ ...settings, stages: [stages[0]!, others] })).rejects.toThrowError(/in common/);
  });

  it("is told as a table", async () => {
    const text = cascadeLines(await evaluateCascade({ stages, ...settings })).join("\n");
    expect(text).toMatch(/never +25\.0 % .* 0\.0 % +4\.00 +0\.00/);
    expect(text).toMatch(/always +100\.0 % .*100\.0 % +4\.00 +4\.00/);
    expect(text).toMatch(/2 alone +100\.0 % .*100\.0 % +0\.00 +4\.00/);
    expect(text).toMatch(/never +100 %\/25\.0 % +75 %\/33\.3 %/);
  });
});

describe("on recorded samples of the model inside", () => {
  it("a higher level sends on more, and answers that are kept back are the worse ones", async () => {
    const date = "2025-01-31";
    const calibration = await openTrace(embeddedTrace("calibration"));
    const fit = (name: string) =>
      calibrateDecision({
        traces: [{ trace: calibration, digest: "d" }],
        ...{ policy: presetNamed(name), maxSamples: 16, permutations: 4, date },
      });
    const [quick, full] = [await fit("asc"), await fit("sc")];
    await calibration.close();
    const trace = await openTrace(embeddedTrace("test"));
    const { escalating, stages: alone } = await evaluateCascade({
      stages: [
        { trace, policy: quick.policy },
        { trace, policy: full.policy },
      ],
      ...{ maxSamples: 16, permutations: 2, seed: 1 },
    });
    await trace.close();
    const reached = escalating.map((point) => point.reached[1]!);
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
    for (const { abstaining } of escalating) {
      const [all, ...kept] = abstaining.filter(({ coverage }) => coverage > 0.2);
      for (const { accuracy } of kept) expect(accuracy!).toBeGreaterThanOrEqual(all!.accuracy!);
    }
    expect(alone.map(({ policy: name }) => name)).toEqual(["asc", "sc"]);
    expect(escalating[0]!.accuracy).toBe(alone[0]!.accuracy);
  }, 60_000);
});
