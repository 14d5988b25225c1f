import { describe, expect, it } from "vitest";
import { Tally } from "../tally/tally.ts";
import { expectedGains } from "./expected-gain.ts";
import { buildRule } from "./registry.ts";
import type { Verdict } from "./rule.ts";
import { ruleSpecSchema } from "./spec.ts";

const context = { maxSamples: 40, weightRange: { min: 1, max: 1 }, weightsShift: false, calibrated: false };

function verdictAfter(spec: object, counts: readonly [number, number, number], left = 40): Verdict {
  const rule = buildRule(ruleSpecSchema.parse({ rule: "value", answerUsd: 1, ...spec }));
  const [leader, runnerUp, others] = counts;
  let tally = Tally.empty();
  for (let i = 0; i < leader; i += 1) tally = tally.add("A", 1);
  for (let i = 0; i < runnerUp; i += 1) tally = tally.add("B", 1);
  for (let i = 0; i < others; i += 1) tally = tally.abstain();
  return rule.verdict(rule.init(context), tally, left);
}

/** The definition, m by m. */
function isWorthGoingOn(counts: readonly [number, number, number], left: number, price: number, round = 0): boolean {
  const [leader, runnerUp, others] = counts;
  const gains = expectedGains(leader, runnerUp, others, left);
  return gains.some((gain, more) => more > leader - runnerUp && gain > more * price + round);
}

describe("value", () => {
  it.each([0.1, 0.03, 0.01, 0.003, 0.0003])("at %d a sample stops exactly where no number of them pays", (price) => {
    for (const left of [1, 3, 12, 40]) {
      for (let leader = 1; leader <= 9; leader += 1) {
        for (let runnerUp = 0; runnerUp <= leader; runnerUp += 1) {
          for (const others of [0, 3]) {
            const counts = [leader, runnerUp, others] as const;
            expect(verdictAfter({ sampleUsd: price }, counts, left).stop, `${counts} ${left}`).toBe(
              !isWorthGoingOn(counts, left, price),
            );
          }
        }
      }
    }
  });

  it("looks further than one vote: alone it could not change the answer", () => {
    expect(isWorthGoingOn([2, 0, 0], 1, 0.001)).toBe(false);
    expect(verdictAfter({ sampleUsd: 0.001 }, [2, 0, 0], 40).stop).toBe(false);
  });

  it("waits longer the more an answer is worth, and not at all for one worth less than a sample", () => {
    const votesToStop = (answerUsd: number): number => {
      for (let votes = 1; ; votes += 1)
        if (verdictAfter({ answerUsd, sampleUsd: 0.001 }, [votes, 0, 0]).stop) return votes;
    };
    expect([0.001, 0.01, 0.1, 1, 10].map(votesToStop)).toEqual([1, 1, 2, 4, 6]);
  });

  it("pays for time: a round that costs more than any answer gains is not waited for", () => {
    const spec = { sampleUsd: 0.001, secondUsd: 0.01, roundSeconds: 3 };
    expect(verdictAfter(spec, [3, 1, 0]).stop).toBe(!isWorthGoingOn([3, 1, 0], 40, 0.001, 0.03));
    expect(verdictAfter({ ...spec, roundSeconds: 50 }, [1, 1, 0])).toMatchObject({ stop: true });
    expect(verdictAfter({ ...spec, roundSeconds: 0 }, [1, 1, 0]).stop).toBe(false);
  });

  it("with free samples goes on while they could change the answer", () => {
    expect(verdictAfter({ sampleUsd: 0 }, [5, 0, 0], 6).stop).toBe(false);
    expect(verdictAfter({ sampleUsd: 0 }, [5, 0, 0], 5)).toMatchObject({ stop: true });
    expect(verdictAfter({ sampleUsd: 0, secondUsd: 0.25, roundSeconds: 2 }, [1, 1, 0])).toMatchObject({ stop: true });
  });

  it("has no answer without a vote, and leaves the end of the full vote to the full vote", () => {
    expect(verdictAfter({ answerUsd: 0.0001, sampleUsd: 1 }, [0, 0, 0])).toEqual({ stop: false, need: 1 });
    expect(verdictAfter({ sampleUsd: 1 }, [3, 0, 0], 0)).toEqual({ stop: false, need: 1 });
  });

  it("asks for a first wave of as many as it could stop after", () => {
    for (const [answerUsd, votes] of [
      [0.1, 2],
      [1, 4],
      [10, 6],
    ] as const) {
      const verdict = verdictAfter({ answerUsd, sampleUsd: 0.001 }, [0, 0, 0]);
      expect(verdict).toEqual({ stop: false, need: votes });
    }
  });

  it("is an economic choice and promises nothing", () => {
    expect(verdictAfter({ sampleUsd: 0.5 }, [2, 0, 1])).toEqual({
      stop: true,
      answer: "A",
      reason: "value",
      certificate: "heuristic",
    });
  });

  it.each([{}, { sampleUsd: -1 }, { sampleUsd: 1, answerUsd: 0 }, { sampleUsd: 1, secondUsd: -1 }])(
    "refuses %j",
    (spec) => {
      expect(ruleSpecSchema.safeParse({ rule: "value", answerUsd: 1, ...spec }).success).toBe(false);
    },
  );
});
