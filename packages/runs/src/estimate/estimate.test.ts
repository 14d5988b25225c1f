import { parsePolicy, presetNamed, setParameter } from "@quorate/core";
import { replayFromSamples } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { listedQuestions } from "../questions/listed-questions.ts";
import { estimateRun, expectedSampleUsd } from "./estimate.ts";
import { expectedSamples } from "./expected-samples.ts";

describe("expectedSamples", () => {
  it("of the full vote is the full vote, in one round", () => {
    expect(expectedSamples(presetNamed("sc"), 16, 0.75)).toEqual({ samples: 16, rounds: 1 });
  });

  it("falls as the model agrees with itself, and is the same every time", () => {
    const of = (topProbability: number) => expectedSamples(presetNamed("asc"), 40, topProbability).samples;
    expect(of(1)).toBe(4);
    expect(of(0.95)).toBeLessThan(of(0.75));
    expect(of(0.75)).toBeLessThan(of(0.45));
    expect(of(0.75)).toBe(of(0.75));
  });

  it("takes the number of its made-up answers where a rule must know it", () => {
    const told = (stop: object) => expectedSamples(parsePolicy({ name: "mine", stop }), 40, 0.95);
    expect(told({ rule: "asc-d" })).toEqual(told({ rule: "asc-d", answers: 5 }));
  });

  it("uses a confidence where the policy reads one", () => {
    const gated = setParameter(presetNamed("quorate"), "confidence.elicitor=recorded");
    expect(expectedSamples(gated, 16, 0.95).samples).toBeLessThan(
      expectedSamples(presetNamed("quorate"), 16, 0.95).samples,
    );
  });
});

describe("estimateRun", () => {
  const questions = listedQuestions(
    "here",
    ["a", "b", "c"].map((id) => ({ id, kind: "number" as const, text: `Question ${id}?` })),
  );
  const plan = {
    policy: presetNamed("asc"),
    prompting: {},
    grading: {},
    seed: 1,
    limits: { maxSamples: 16, concurrency: 4, speculate: 0 },
    keepTokens: false,
    durability: "os" as const,
  };

  it("adds up what the provider says, and is never above the budget", async () => {
    const provider = Object.assign(replayFromSamples(new Map()), {
      expectedUsd: (_: unknown, samples: number) => samples * 0.01,
      worstCaseUsd: (_: unknown, samples: number) => samples * 0.1,
    });
    const estimate = await estimateRun(plan, provider, questions);
    expect(estimate.fullVoteUsd).toBeCloseTo(3 * 16 * 0.01, 9);
    expect(estimate.worstCaseUsd).toBeCloseTo(3 * 16 * 0.1, 9);
    expect(estimate.byDifficulty.easy.usd).toBeLessThan(estimate.byDifficulty.hard.usd as number);
    const limited = { ...plan, limits: { ...plan.limits, budgetUsd: 0.5 } };
    expect((await estimateRun(limited, provider, questions)).worstCaseUsd).toBe(0.5);
  });

  it("holds what is asked about samples, of the model or of a judge", async () => {
    const priced = (usd: number | "unknown") =>
      Object.assign(replayFromSamples(new Map()), {
        expectedUsd: (_: unknown, samples: number) => (usd === "unknown" ? usd : samples * usd),
        worstCaseUsd: (_: unknown, samples: number) => (usd === "unknown" ? usd : samples * usd),
      });
    const asking = (elicitor: string) => ({
      ...plan,
      policy: setParameter(presetNamed("asc"), `confidence.elicitor=${elicitor}`),
    });
    const own = await estimateRun(asking("verbal-scale"), priced(0.01), questions);
    expect(own.worstCaseUsd).toBeCloseTo(3 * 16 * 0.02, 9);
    expect(own.fullVoteUsd).toBeCloseTo(3 * 16 * 0.02, 9);
    const judged = await estimateRun(asking("linguistic-judge"), priced(0.01), questions, priced(0.1));
    expect(judged.worstCaseUsd).toBeCloseTo(3 * 16 * 0.11, 9);
    expect(judged.followUps?.callsPerSample).toBe(1);
    expect(
      (await estimateRun(asking("linguistic-judge"), priced(0.01), questions, priced("unknown"))).worstCaseUsd,
    ).toBe("unknown");
    await expect(estimateRun(asking("linguistic-judge"), priced(0.01), questions)).rejects.toThrowError(/--judge/);
  });

  it("an unknown price makes unknown dollars and known samples", async () => {
    const provider = Object.assign(replayFromSamples(new Map()), {
      expectedUsd: () => "unknown" as const,
      worstCaseUsd: () => "unknown" as const,
    });
    const estimate = await estimateRun(plan, provider, questions);
    expect([estimate.fullVoteUsd, estimate.worstCaseUsd, estimate.byDifficulty.easy.usd]).toEqual([
      "unknown",
      "unknown",
      "unknown",
    ]);
    expect(estimate.byDifficulty.easy.samples).toBeGreaterThanOrEqual(4);
  });
});

describe("expectedSampleUsd", () => {
  const questions = listedQuestions(
    "here",
    [1, 2, 3].map((size) => ({ id: `q${size}`, kind: "number" as const, text: "x".repeat(size * 100) })),
  );
  const priced = (usdOf: (textLength: number, maxTokens: number | undefined) => number | "unknown") =>
    Object.assign(replayFromSamples(new Map()), {
      expectedUsd: (request: { question: { text?: string }; maxTokens?: number }, samples: number) => {
        const usd = usdOf(request.question.text?.length ?? 0, request.maxTokens);
        return usd === "unknown" ? usd : usd * samples;
      },
    });

  it("is the mean over the questions of a request with one sample", async () => {
    const provider = priced((length) => length * 0.001);
    expect(await expectedSampleUsd({}, provider, questions)).toBeCloseTo(0.2, 12);
  });

  it("knows of no limits, and of no price where one is missing", async () => {
    const provider = priced((_, maxTokens) => (maxTokens === undefined ? 1 : 0));
    expect(await expectedSampleUsd({}, provider, questions)).toBe(1);
    expect(
      await expectedSampleUsd(
        {},
        priced((length) => (length === 200 ? "unknown" : 1)),
        questions,
      ),
    ).toBe("unknown");
  });
});
