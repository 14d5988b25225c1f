import { buildWeighting, parsePolicy, type SeparateWeighting } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { normalFrom, uniformFrom } from "../__fixtures__/random.ts";
import { packQuestions } from "../metrics/graded-scores.ts";
import type { GradedVote } from "../metrics/graded-vote.ts";
import { metricsOf } from "../metrics/metrics-of.ts";
import { answerCountOf } from "./answer-count.ts";
import { fitDensityRatio } from "./fit-density-ratio.ts";
import { fitRankNormal, gammaOf } from "./fit-rank-normal.ts";
import { fitTemperature } from "./fit-temperature.ts";
import { fitTempering } from "./fit-tempering.ts";
import type { FittedWeighting } from "./fitted-weighting.ts";
import { shrunkDiscrimination } from "./shrunk-discrimination.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Questions whose samples are right with chance `right`, the wrong ones even over three other answers, and whose confidences
 * have logits normal around `meanRight` and `meanWrong`. Each question shifts all its logits by `hardness` times a normal
 * number, which says nothing about which of its samples are right.
 */
function simulate(
  seed: number,
  questionCount: number,
  { votes = 8, right = 0.5, meanRight = 0.5, meanWrong = 0, hardness = 0 } = {},
): GradedVote[][] {
  const uniform = uniformFrom(seed);
  const normal = normalFrom(uniform);
  return Array.from({ length: questionCount }, () => {
    const shift = hardness * normal();
    return Array.from({ length: votes }, () => {
      const isRight = uniform() < right;
      const answer = isRight ? "right" : `wrong ${Math.floor(3 * uniform())}`;
      return { answer, isRight, confidence: sigmoid(shift + normal() + (isRight ? meanRight : meanWrong)) };
    });
  });
}

/** Φ(Δ/√2): the chance that the right one of a pair is more confident, for unit normal logits Δ apart. */
const shiftOf = { 0.6: 0.2533471031 * Math.SQRT2, 0.7: 0.5244005127 * Math.SQRT2, 0.8: 0.8416212336 * Math.SQRT2 };

function weigherOf({ weighting }: FittedWeighting): SeparateWeighting {
  const policy = { name: "fitted", confidence: { elicitor: "recorded" }, weighting, stop: { rule: "fixed" } };
  return buildWeighting(parsePolicy(policy).weighting, {}) as SeparateWeighting;
}

describe("shrunk discrimination", () => {
  it("is that of the metric before it is shrunk, and undefined without a pair", () => {
    const questions = simulate(1, 40);
    const scores = questions.map((votes) => votes.map(({ confidence, isRight }) => ({ score: confidence!, isRight })));
    expect(shrunkDiscrimination(questions)!.measured).toBeCloseTo(
      metricsOf(packQuestions(scores), ["wqd"]).wqd as number,
      12,
    );
    expect(shrunkDiscrimination([[{ answer: "a", isRight: true, confidence: 1 }]])).toBeUndefined();
    expect(shrunkDiscrimination(questions.map((votes) => votes.map(({ confidence: _, ...vote }) => vote)))).toBe(
      undefined,
    );
  });

  it.each([0.6, 0.7, 0.8] as const)("finds a true %d", (truth) => {
    const { shrunk, measured } = shrunkDiscrimination(simulate(2, 2000, { meanRight: shiftOf[truth] }))!;
    expect(Math.abs(shrunk - truth)).toBeLessThan(0.015);
    expect(Math.abs(shrunk - 0.5)).toBeLessThan(Math.abs(measured - 0.5));
  });

  it("knows its own error, and leaves chance alone in nineteen of twenty cases", () => {
    const runs = Array.from(
      { length: 300 },
      (_, seed) => shrunkDiscrimination(simulate(100 + seed, 60, { meanRight: 0, hardness: 2 }))!,
    );
    const mean = runs.reduce((sum, { measured }) => sum + measured, 0) / runs.length;
    const spread = Math.sqrt(runs.reduce((sum, { measured }) => sum + (measured - mean) ** 2, 0) / runs.length);
    const claimed = runs.reduce((sum, { standardError }) => sum + standardError, 0) / runs.length;
    expect(claimed / spread).toBeGreaterThan(0.85);
    expect(claimed / spread).toBeLessThan(1.25);
    const shrunkAway = runs.filter(({ shrunk }) => shrunk === 0.5).length;
    expect(shrunkAway).toBeGreaterThan(0.92 * runs.length);
    expect(shrunkAway).toBeLessThan(runs.length);
  });

  it("is not convinced by three perfect questions, but by thirty", () => {
    const perfect = (count: number) =>
      Array.from({ length: count }, () => [
        { answer: "a", isRight: true, confidence: 0.9 },
        { answer: "b", isRight: false, confidence: 0.1 },
      ]);
    expect(shrunkDiscrimination(perfect(3))!.shrunk).toBe(0.5);
    expect(shrunkDiscrimination(perfect(30))!.shrunk).toBeGreaterThan(0.9);
    expect(shrunkDiscrimination(perfect(30))!.shrunk).toBeLessThan(1);
  });
});

describe("rank-normal", () => {
  it.each([
    [0.5, 0],
    [0.6, 0.3639906483],
    [0.7, 0.7909579883],
    [0.8, 1.385055504],
    [0.4, -0.3639906483],
  ])("γ of %d", (discrimination, gamma) => expect(Math.abs(gammaOf(discrimination) - gamma)).toBeLessThan(1e-9));

  it("takes γ from the samples, below 0 where the wrong ones are the surer", () => {
    const surer = fitRankNormal(simulate(3, 2000, { meanRight: shiftOf[0.7] })).weighting;
    expect(surer).toEqual({ form: "rank-normal", gamma: expect.closeTo(0.79, 1) });
    const inverted = fitRankNormal(simulate(3, 2000, { meanRight: -shiftOf[0.7] })).weighting;
    expect(inverted).toEqual({ form: "rank-normal", gamma: expect.closeTo(-0.79, 1) });
  });
});

describe("a confidence that tells nothing within a question", () => {
  const hardOnes = simulate(4, 400, { meanRight: 0, hardness: 3 });
  it.each([
    ["rank-normal", fitRankNormal],
    ["log-odds", fitTempering],
    ["softmax", fitTemperature],
    ["density-ratio", fitDensityRatio],
  ])("leaves %s at plain counts and says so", (_, fit) => {
    const { weighting, note, discrimination } = fit(hardOnes);
    expect(weighting).toEqual({ form: "count" });
    expect(note).toMatch(
      /does not tell right from wrong within a question \(WQD 0\.\d+ ± 0\.0\d+ over \d+ questions\)/,
    );
    expect(discrimination?.shrunk).toBe(0.5);
    expect(fit([]).weighting).toEqual({ form: "count" });
    expect(fit([]).note).toMatch(/no question has right and wrong/);
  });

  it.each([fitTempering, fitTemperature, fitDensityRatio])("nor may wrong answers that are surer weigh more", (fit) => {
    const { weighting, note } = fit(simulate(5, 400, { meanRight: -1 }));
    expect(weighting).toEqual({ form: "count" });
    expect(note).toContain("the wrong answers have the higher confidence");
  });
});

describe("answers that a question behaves as if it had", () => {
  it("is the number of options when wrong answers are even over them", () => {
    expect(answerCountOf(simulate(6, 500))).toBe(4);
  });

  it("is small when wrong answers agree, at least 2, and large when none do", () => {
    const wrong = (answers: string) => [[...answers].map((answer) => ({ answer, isRight: false }))];
    expect(answerCountOf(wrong("aaaa"))).toBe(2);
    expect(answerCountOf(wrong("abcd"))).toBe(1000);
    // 2 of 12 ordered pairs agree: K − 1 = 6.
    expect(answerCountOf(wrong("aabc"))).toBe(7);
    expect(answerCountOf([])).toBe(2);
  });
});

describe("tempering", () => {
  /** Votes that are right with exactly the chance that they state, wrong ones even over three others. */
  function calibrated(seed: number, copies: number): GradedVote[][] {
    const uniform = uniformFrom(seed);
    return Array.from({ length: 4000 }, () =>
      Array.from({ length: 4 }, () => {
        const confidence = 0.1 + 0.8 * uniform();
        const isRight = uniform() < confidence;
        return { answer: isRight ? "right" : `wrong ${Math.floor(3 * uniform())}`, isRight, confidence };
      }).flatMap((vote) => Array.from({ length: copies }, () => vote)),
    );
  }

  it("is 1 for calibrated votes that err apart", () => {
    const { weighting, note } = fitTempering(calibrated(7, 1));
    expect(weighting).toMatchObject({ form: "log-odds", answers: 4 });
    expect(weighting.tempering).toBeGreaterThan(0.93);
    expect(note).toBeUndefined();
  });

  it("is 1/r when every vote comes r times", () => {
    // Copies also agree when they are wrong, which makes the answers look fewer: it is not a quarter to the digit.
    const { weighting } = fitTempering(calibrated(7, 4));
    const once = fitTempering(calibrated(7, 1)).weighting;
    expect(weighting.tempering).toBeGreaterThan(0.2);
    expect(weighting.tempering).toBeLessThan(0.3);
    expect(once.tempering as number).toBeGreaterThan(3 * (weighting.tempering as number));
  });
});

describe("temperature", () => {
  it("is low where only the surest are right, and decides better than counts", () => {
    // One of seven samples is right and nearly sure, the others share one wrong answer.
    const uniform = uniformFrom(8);
    const questions = Array.from({ length: 60 }, () =>
      Array.from({ length: 7 }, (_, i) => ({
        answer: i === 3 ? "right" : "wrong",
        isRight: i === 3,
        confidence: i === 3 ? 0.9 + 0.1 * uniform() : 0.3 * uniform(),
      })),
    );
    const { weighting } = fitTemperature(questions);
    // exp(0.6/T) must outweigh six.
    expect(weighting).toMatchObject({ form: "softmax" });
    expect(weighting.temperature as number).toBeGreaterThan(0.3);
    expect(weighting.temperature as number).toBeLessThan(0.9 / Math.log(6));
  });

  it("is the highest there is where every temperature decides alike", () => {
    const sure = simulate(9, 200, { right: 0.9, meanRight: 2 });
    expect(fitTemperature(sure).weighting.temperature).toBeGreaterThan(1);
    expect(fitTemperature(sure, 1).weighting).toEqual({ form: "softmax", temperature: 10, missing: 0.5 });
  });
});

describe("density ratio", () => {
  it("is the true log-odds where the densities are known", () => {
    // N(1, 1) against N(−½, 1): the log ratio is 1.5·x − 0.375; a quarter is right.
    const truth = (x: number) => 1.5 * x - 0.375 + Math.log(1 / 3);
    const questions = simulate(10, 2500, { right: 0.25, meanRight: 1, meanWrong: -0.5 });
    const fitted = fitDensityRatio(questions, { allowNegative: true });
    expect(fitted.weighting.answers).toBe(4);
    const { weigh } = weigherOf(fitted);
    for (const x of [-1.5, -1, -0.5, 0, 0.5, 1, 1.5]) {
      expect(Math.abs(weigh(sigmoid(x)) - Math.log(3) - truth(x))).toBeLessThan(0.2);
    }
    expect(weigherOf(fitDensityRatio(questions)).weigh(sigmoid(-1.5))).toBe(0);
  });

  it("keeps to finite weights where right and wrong never overlap", () => {
    const parted = simulate(11, 30, { meanRight: 40, meanWrong: -40 });
    const { weigh } = weigherOf(fitDensityRatio(parted, { allowNegative: true }));
    expect(weigh(1)).toBeGreaterThan(3);
    expect(weigh(0)).toBeLessThan(-1);
    expect(Number.isFinite(weigh(0.5))).toBe(true);
  });
});
