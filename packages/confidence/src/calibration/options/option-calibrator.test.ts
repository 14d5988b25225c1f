import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { OptionLogits } from "./agreement.ts";
import { fitOptionCalibrator, parseOptionCalibrator } from "./fit-option-calibrator.ts";
import { type OptionMap, optionProbabilities } from "./option-map.ts";

const source = { file: "options.jsonl", digest: "ab12", date: "2025-01-31" };
const logs = (...probabilities: number[]) => probabilities.map(Math.log);
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const temperatureOf = (questions: readonly OptionLogits[]) => {
  const { map } = fitOptionCalibrator(questions, source);
  return map.form === "temperature" ? map.temperature : undefined;
};

const agreeing: OptionLogits = { preTrained: logs(0.7, 0.1, 0.1, 0.1), postTrained: [4, 0, 0, 0] };
const disagreeing: OptionLogits = { preTrained: logs(0.1, 0.7, 0.1, 0.1), postTrained: [9, 0, 2, 0] };

/** Post-training sharpens, shifts some options and adds noise of its own. A seed stands for all: shrinking lists is slow. */
function questionsFrom(seed: number): OptionLogits[] {
  // A linear congruential generator (Numerical Recipes) is random enough here.
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: 300 }, () => {
    const preTrained = Array.from({ length: 4 }, () => 4 * next() - 2);
    return { preTrained, postTrained: preTrained.map((logit, option) => 2.5 * logit + next() + 0.4 * option) };
  });
}

function divergence(map: OptionMap, questions: readonly OptionLogits[]): number {
  const top = (values: readonly number[]) => values.indexOf(Math.max(...values));
  return questions
    .filter(({ preTrained, postTrained }) => top(preTrained) === top(postTrained))
    .reduce((sum, { preTrained, postTrained }) => {
      const weights = preTrained.map(Math.exp);
      const total = weights.reduce((a, b) => a + b, 0);
      const q = optionProbabilities(map, postTrained);
      return sum + weights.reduce((kl, w, i) => kl + (w / total) * Math.log(w / total / q[i]!), 0);
    }, 0);
}

describe("DACA", () => {
  it("one kind of agreement has T = 4/ln 7 = 2.0556", () => {
    expect(temperatureOf(times(10, agreeing))).toBeCloseTo(4 / Math.log(7), 12);
    expect(temperatureOf(times(10, agreeing))).toBeCloseTo(2.0556, 4);
  });

  it("does not listen to disagreements", () => {
    expect(temperatureOf([...times(10, agreeing), ...times(50, disagreeing)])).toBe(temperatureOf(times(10, agreeing)));
  });

  it("gives the pre-trained model's probabilities back", () => {
    const { map } = fitOptionCalibrator(times(10, agreeing), source);
    expect([...optionProbabilities(map, agreeing.postTrained)]).toEqual(
      [0.7, 0.1, 0.1, 0.1].map((p) => expect.closeTo(p, 12)),
    );
  });

  test.prop([fc.nat()], { seed: 81, numRuns: 20 })(
    "has the least divergence over the agreements, and a wider map less than a narrower",
    (seed) => {
      const questions = questionsFrom(seed);
      const fit = (form: OptionMap["form"]) => fitOptionCalibrator(questions, { ...source, form, ridge: 1e-9 }).map;
      const temperature = fit("temperature") as Extract<OptionMap, { form: "temperature" }>;
      const least = divergence(temperature, questions);
      for (const factor of [0.99, 1.01]) {
        const other = { ...temperature, temperature: temperature.temperature * factor };
        expect(divergence(other, questions)).toBeGreaterThan(least);
      }
      const vector = divergence(fit("vector"), questions);
      expect(vector).toBeLessThan(least);
      expect(divergence(fit("matrix"), questions)).toBeLessThanOrEqual(vector + 1e-6);
    },
  );

  it.each(["vector", "matrix"] as const)("a %s finds the map that made the targets", (form) => {
    const matrix = form === "vector" ? [0.5, 0, 0, 0.8] : [0.5, 0.1, -0.1, 0.8];
    const [a, b, c, d] = matrix as [number, number, number, number];
    // Two options on a grid: the map keeps the sign of the difference, so that all agree.
    const questions = Array.from({ length: 400 }, (_, i) => {
      const [x, y] = [(i % 20) / 5 - 2, Math.floor(i / 20) / 5 - 2];
      return { postTrained: [x, y], preTrained: [a * x + b * y, c * x + d * y + 0.05] };
    });
    const fitted = fitOptionCalibrator(questions, { ...source, form, ridge: 1e-9 });
    expect(fitted.fittedOn.agreements).toBeGreaterThan(300);
    for (const { postTrained, preTrained } of questions) {
      const [p] = optionProbabilities({ form: "temperature", temperature: 1 }, preTrained);
      expect(optionProbabilities(fitted.map, postTrained)[0]).toBeCloseTo(p!, 4);
    }
    expect(parseOptionCalibrator(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted);
  });

  it("refuses what it cannot read, and too little", () => {
    expect(() => fitOptionCalibrator([{ preTrained: [1], postTrained: [1, 2] }], source)).toThrowError(/question 0/);
    const hidden = { ...agreeing, postTrained: [1, Number.NEGATIVE_INFINITY, 0, 0] };
    expect(() => fitOptionCalibrator([hidden], source)).toThrowError(/question 0/);
    expect(() => fitOptionCalibrator(times(50, disagreeing), source)).toThrowError(
      /at least 10, got "0 questions of 50/,
    );
    expect(() => fitOptionCalibrator(times(79, agreeing), { ...source, form: "vector" })).toThrowError(/at least 80/);
    const mixed = [...times(300, agreeing), ...times(300, { preTrained: [1, 0], postTrained: [1, 0] })];
    expect(() => fitOptionCalibrator(mixed, { ...source, form: "matrix" })).toThrowError(/same options/);
    expect(temperatureOf(mixed)).toBeGreaterThan(1);
    expect(() => parseOptionCalibrator({ map: { form: "vector", scale: [1, 1], shift: [0, 0, 0] } })).toThrowError(
      /differ in length/,
    );
  });
});
