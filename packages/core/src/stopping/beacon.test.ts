import { describe, expect, it } from "vitest";
import { verdictAfter, vote } from "./__fixtures__/verdict-after.ts";
import { expectedGain } from "./beacon.ts";

const votesOf = (rewards: readonly number[]) => rewards.map((reward, i) => vote(`answer ${i}`, reward));

/** σ and σ·EI of published examples, computed apart from this code. */
const examples = [
  {
    rewards: [0.1, 0.4, 0.35, 0.9],
    mean: 0.4375,
    squares: 0.336875,
    scale: 0.374652616878,
    gain: 0.17740888554,
    best: 3,
  },
  { rewards: [0.2, 0.8, 0.5], mean: 0.5, squares: 0.18, scale: 0.346410161514, gain: 0.396143495697, best: 1 },
  {
    rewards: [0.5, 0.52, 0.49, 0.51, 0.5],
    mean: 0.504,
    squares: 0.00052,
    scale: 0.0124899959968,
    gain: 0.12599187761,
    best: 1,
  },
];

describe("beacon", () => {
  it.each(examples)("expects of $rewards what the formula says", ({ rewards, mean, squares, scale, gain }) => {
    const expected = expectedGain({ count: rewards.length, mean, squares }, Math.max(...rewards));
    expect(Math.abs(expected - scale * gain)).toBeLessThan(1e-9);
  });

  it.each(examples)("stops after $rewards when the gain is worth no more than the cost", (example) => {
    const { rewards, scale, gain, best } = example;
    const stopping = verdictAfter({ rule: "beacon", cost: scale * gain + 1e-9 }, votesOf(rewards));
    expect(stopping).toEqual({
      stop: true,
      answer: `answer ${best}`,
      confidence: rewards[best],
      reason: "beacon",
      certificate: "heuristic",
    });
    expect(verdictAfter({ rule: "beacon", cost: scale * gain - 1e-9 }, votesOf(rewards))).toEqual({
      stop: false,
      need: 1,
    });
  });

  it.each([
    [0.01, [false, false, true]],
    [0.05, [false, false, true]],
    [0.1, [true, false, true]],
  ])("at cost %d", (cost, stops) => {
    examples.forEach(({ rewards }, i) => {
      expect(verdictAfter({ rule: "beacon", cost }, votesOf(rewards)).stop).toBe(stops[i]);
    });
  });

  it("waits for the least number of rewards; a vote without confidence is none", () => {
    expect(verdictAfter({ rule: "beacon" }, [])).toEqual({ stop: false, need: 3 });
    expect(verdictAfter({ rule: "beacon", minSamples: 4 }, [vote("A", 0.9), vote("A")])).toEqual({
      stop: false,
      need: 3,
    });
  });

  it("stops on equal rewards, the earliest of them deciding", () => {
    expect(verdictAfter({ rule: "beacon", cost: 0.01 }, votesOf([0.5, 0.5, 0.5]))).toMatchObject({
      answer: "answer 0",
      confidence: 0.5,
    });
  });

  it("lets the best sample decide when all are drawn", () => {
    const votes = votesOf([0.1, 0.9, 0.2]);
    expect(verdictAfter({ rule: "beacon", cost: 0.001 }, votes, { maxSamples: 3 })).toEqual({
      stop: true,
      answer: "answer 1",
      confidence: 0.9,
      reason: "max-samples",
      certificate: "curtailed",
    });
    expect(verdictAfter({ rule: "beacon" }, [vote("A")], { maxSamples: 1 }).stop).toBe(false);
  });

  it("needs at least three samples for its t to have a mean", () => {
    expect(() => verdictAfter({ rule: "beacon", minSamples: 2 }, [])).toThrow();
  });
});
