import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { entropy, leastEntropy } from "./entropy.ts";
import { selfCertainty } from "./self-certainty.ts";

const entropyOf = (probabilities: readonly number[]) =>
  probabilities.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
const distributions = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 30 }).map((weights) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total).sort((a, b) => b - a);
});
const logs = (probabilities: readonly number[]) => probabilities.map(Math.log);

describe("the least entropy", () => {
  test.prop([distributions, fc.integer({ min: 2, max: 20 })])("is never above the true one", (probabilities, shown) => {
    expect(leastEntropy(logs(probabilities.slice(0, shown)))).toBeLessThan(entropyOf(probabilities) + 1e-9);
  });

  test.prop([distributions])("is the true one where all tokens are shown", (probabilities) => {
    expect(leastEntropy(logs(probabilities))).toBeCloseTo(entropyOf(probabilities), 9);
  });

  it("is reached by the fewest tokens that the rest fits on", () => {
    expect(leastEntropy(logs([0.5, 0.2]))).toBeCloseTo(entropyOf([0.5, 0.2, 0.2, 0.1]), 12);
    expect(leastEntropy(logs([0.6, 0.4]))).toBeCloseTo(entropyOf([0.6, 0.4]), 12);
    expect(leastEntropy([0, -800])).toBe(0);
  });
});

const tokens = (...places: (readonly number[])[]) =>
  places.map((probabilities) => ({
    token: "t",
    logprob: 0,
    top: logs(probabilities).map((logprob) => ({ token: "t", logprob })),
  }));
const extraction = { kind: "answer", answer: "1" } as const;

it("entropy is the mean over places, as a score in [0,1]", () => {
  const { reading } = entropy.measure!.read(
    { tokens: tokens([0.5, 0.5], [1, 1e-300]), extraction },
    { kind: "number" },
  );
  expect(reading).toBeCloseTo(Math.log(2) / 2, 9);
  expect(entropy.score({ "mean-entropy": reading! })).toBeCloseTo(1 / Math.sqrt(2), 9);
});

describe("self-certainty", () => {
  const read = (...places: (readonly number[])[]) =>
    selfCertainty.measure!.read({ tokens: tokens(...places), extraction }, { kind: "number" }).reading as number;

  test.prop([distributions])("is the distance to the uniform distribution over what is shown", (probabilities) => {
    const uniform = 1 / probabilities.length;
    const distance = probabilities.reduce((sum, p) => sum + uniform * Math.log(uniform / p), 0);
    expect(read(probabilities)).toBeCloseTo(distance, 9);
    expect(read(probabilities.map((p) => p / 3))).toBeCloseTo(distance, 9);
  });

  it("is 0 where all are alike, and the mean over places", () => {
    expect(read([0.1, 0.1, 0.1])).toBeCloseTo(0, 12);
    expect(read([0.1, 0.1], [0.9, 0.1])).toBeCloseTo(-Math.log(2 * 0.3) / 2, 9);
  });
});
