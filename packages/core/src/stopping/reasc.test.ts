import { describe, expect, it } from "vitest";
import { abstention, letters, verdictAfter, vote } from "./__fixtures__/verdict-after.ts";
import { ruleSpecSchema } from "./spec.ts";

/** With mean ½ and deviation ¼, z = 4c − 2. */
const spec = { rule: "reasc", gate: 1, mean: 0.5, deviation: 0.25 };
const withZ = (answer: string, z: number) => vote(answer, (z + 2) / 4);

describe("reasc", () => {
  const published = [withZ("A", 1), withZ("A", 0.5), withZ("A", -0.2), withZ("B", 0.3)];

  it("reaches the value of the published example, and no more", () => {
    expect(verdictAfter({ ...spec, level: 0.8933705 }, published)).toEqual({
      stop: true,
      answer: "A",
      reason: "reasc",
      certificate: "heuristic",
    });
    expect(verdictAfter({ ...spec, level: 0.8933706 }, published).stop).toBe(false);
  });

  it("counts a vote without confidence as one, just as beta does", () => {
    expect(verdictAfter(spec, letters("AAA"))).toEqual({ stop: false, need: 1 });
    expect(verdictAfter(spec, letters("AAAA"))).toMatchObject({ stop: true, answer: "A" });
    const beta = { rule: "reasc", gate: 1, lambda: 0 };
    expect(verdictAfter(beta, [])).toEqual({ stop: false, need: 1 });
    expect(verdictAfter(beta, [...letters("AAB"), abstention])).toEqual({ stop: false, need: 4 });
  });

  it("needs fewer when votes may weigh more: e^1.4 at confidence 1", () => {
    // 1 + 4.06 against 2 has .859, 1 + 8.11 has .981.
    expect(verdictAfter(spec, letters("AB"))).toEqual({ stop: false, need: 2 });
  });

  it("lets a confident first sample decide, and only the first", () => {
    const gated = { ...spec, gate: 0.9 };
    expect(verdictAfter(gated, [])).toEqual({ stop: false, need: 1 });
    expect(verdictAfter(gated, [vote("B", 0.9)])).toMatchObject({ stop: true, answer: "B", confidence: 0.9 });
    expect(verdictAfter(gated, [abstention, vote("B", 0.9)]).stop).toBe(false);
    expect(verdictAfter(gated, [vote("B", 0.89), vote("A", 0.95)]).stop).toBe(false);
  });

  it("decides by soft counts when all samples are drawn", () => {
    const votes = [withZ("A", -1), withZ("A", -2), withZ("B", 2)];
    expect(verdictAfter(spec, votes, { maxSamples: 3 })).toEqual({
      stop: true,
      answer: "B",
      reason: "max-samples",
      certificate: "curtailed",
    });
    expect(verdictAfter(spec, [abstention], { maxSamples: 1 }).stop).toBe(false);
  });

  it("refuses parameters by which one vote would outweigh a thousand", () => {
    const issues = ruleSpecSchema.safeParse({ rule: "reasc", deviation: 0.01 }).error?.issues;
    expect(issues?.[0]?.message).toMatch(/more than 1000/);
    expect(ruleSpecSchema.safeParse({ rule: "reasc", deviation: 0.051 }).success).toBe(true);
  });
});
