import { isQuorateError, parsePolicy, presetNamed } from "@quorate/core";
import { seededPermutation, type TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { coinQuestions } from "../__fixtures__/coin-votes.ts";
import { firstSeenMajority, oneByOneAsc } from "../__fixtures__/independent-vote.ts";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { evaluatePolicies } from "../replay/evaluate-policies.ts";
import { tunePolicy } from "./tune-policy.ts";
import type { TuneOptions } from "./tuning.ts";
import { tuningJson } from "./tuning-json.ts";
import { tuningLines } from "./tuning-lines.ts";

const population = coinQuestions(600, 12, 1);
const bound = { risk: "disagreement", epsilon: 0.05, delta: 0.1, maxSamples: 12, digest: "d1" } as const;
const tune = (more: Partial<TuneOptions> = {}, entries: readonly TraceEntry[] = population) =>
  tunePolicy({ trace: traceOf(entries), policy: presetNamed("asc"), ...bound, ...more });
const conformal = (more: Partial<TuneOptions> = {}, entries: readonly TraceEntry[] = population) => {
  const { delta: _, ...rest } = bound;
  return tunePolicy({
    trace: traceOf(entries),
    policy: presetNamed("asc"),
    ...rest,
    method: "conformal",
    ...more,
  });
};

describe("tunePolicy", () => {
  it("finds the last level that passes, and writes what it promises into the policy", async () => {
    const { policy, chosen, path, parameter, questions } = await tune();
    expect(policy).toEqual({
      ...presetNamed("asc"),
      name: "asc-tuned",
      stop: { rule: "beta", level: chosen.level },
      tuned: {
        ...{ method: "learn-then-test", risk: "disagreement", epsilon: 0.05, delta: 0.1, maxSamples: 12 },
        data: { file: "memory.jsonl", digest: "d1", questions: 600 },
        parameter: "stop.level",
        level: chosen.level,
      },
    });
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
    expect({ parameter, questions }).toEqual({ parameter: "stop.level", questions: 600 });
    expect(path.at(-1)?.passed, "the path ends at the first failure").toBe(false);
    expect(path.slice(0, -1).every(({ passed }) => passed)).toBe(true);
    expect(chosen).toBe(path.at(-2));
    expect(chosen.upperBound).toBeLessThanOrEqual(0.05);
    expect(path.at(-1)!.upperBound).toBeGreaterThan(0.05);
  });

  it("measures what eval measures at the level it chose", async () => {
    const { policy, chosen, fullVote, untuned } = await tune();
    const { policies } = await evaluatePolicies({
      trace: traceOf(population),
      policies: [policy, presetNamed("asc"), presetNamed("sc")],
      maxSamples: 12,
      permutations: 1,
      seed: 1,
    });
    const [tuned, before, sc] = policies;
    expect(1 - tuned!.agreement).toBeCloseTo(chosen.measuredRisk, 12);
    expect(chosen).toMatchObject({ meanSamples: tuned!.meanSamples, meanRounds: tuned!.meanRounds });
    expect(untuned).toMatchObject({ level: 0.95, meanSamples: before!.meanSamples, meanRounds: before!.meanRounds });
    expect(fullVote).toEqual({ meanSamples: sc!.meanSamples, meanRounds: sc!.meanRounds });
    expect(chosen.meanSamples).toBeLessThan(12);
  });

  it("refuses too few questions, and says how many it takes", async () => {
    const few = population.slice(0, 113);
    await expect(tune({ epsilon: 0.02 }, few)).rejects.toThrowError(/113 questions are too few.*it takes 114/);
    await expect(conformal({ epsilon: 0.02 }, population.slice(0, 48))).rejects.toThrowError(/it takes 49/);
    const unanimous = Array.from({ length: 114 }, (_, i) => recordedQuestion(`q${i}`, "AAAAAAAAAAAA"));
    const { chosen, path } = await tune({ epsilon: 0.02 }, unanimous);
    expect([chosen.level, path.length]).toEqual([0.6, 20]);
  });

  it("refuses where even the strictest level fails", async () => {
    const misled = Array.from({ length: 300 }, (_, i) => recordedQuestion(`q${i}`, "AAAABBBBBBBB"));
    const lead = { ...presetNamed("lead"), stop: { rule: "share", level: 0.5, minVotes: 1 } };
    await expect(tune({ policy: lead }, misled)).rejects.toThrowError(/No level keeps ε = 0.05.*strictest, 1,/);
    await expect(conformal({ policy: lead }, misled)).rejects.toThrowError(/No level keeps/);
  });

  it.each([
    [{ delta: 0 }, /delta is off/],
    [{ epsilon: 1 }, /epsilon is off/],
    [{ method: "conformal" as const }, /no delta/],
    [{ policy: presetNamed("sc") }, /no level to tune/],
    [{ parameter: "stop.levl" }, /no parameter stop\.levl to tune.*stop\.level/],
    [{ policy: presetNamed("grace-es") }, /special-token/],
  ])("refuses %o", async (more, message) => {
    const refused = tune(more);
    await expect(refused).rejects.toThrowError(message);
    await expect(refused).rejects.toSatisfy(isQuorateError);
  });

  it("needs delta to test, and one order for a conformal level", async () => {
    const { delta: _, ...rest } = bound;
    const asc = { trace: traceOf(population), policy: presetNamed("asc"), ...rest };
    await expect(tunePolicy(asc)).rejects.toThrowError(/delta is needed/);
    await expect(conformal({ permutations: 2 })).rejects.toThrowError(/one permutation/);
  });

  it("tunes one member of a combined rule, and leaves the others as they are", async () => {
    const { policy, parameter } = await tune({ policy: presetNamed("quorate") });
    expect(parameter, "a gate without a confidence is no choice").toBe("stop.horizon.level");
    expect(policy.stop.rules).toEqual([
      { rule: "curtailed" },
      { rule: "horizon", level: policy.tuned!.level, ties: "first-seen", categories: 2 },
      { rule: "gate", level: 0.95 },
    ]);
    const both = { ...presetNamed("quorate"), confidence: presetNamed("grace-es").confidence };
    const trace = {
      ...traceOf(population, ["special-token"]),
    };
    await expect(tunePolicy({ trace, policy: both, ...bound })).rejects.toThrowError(
      /several parameters.*stop\.horizon\.level, stop\.gate\.level/,
    );
    expect((await tunePolicy({ trace, policy: both, ...bound, parameter: "stop.horizon.level" })).parameter).toBe(
      "stop.horizon.level",
    );
  });

  it.each(["lead", "esc", "asc"])("tunes %s to a level of its own, never stricter than it must", async (name) => {
    const strict = await tune({ policy: presetNamed(name), epsilon: 0.02 });
    const loose = await tune({ policy: presetNamed(name), epsilon: 0.15 });
    expect(loose.chosen.meanSamples).toBeLessThan(strict.chosen.meanSamples);
    expect(strict.policy.stop).toMatchObject({ [strict.parameter.slice(5)]: strict.chosen.level });
  });

  it("counts one question a group, the same whatever the others say", async () => {
    const grouped = population.map(({ question, samples }, place) => ({
      question: { ...question, group: `g${place % 200}` },
      samples,
    }));
    const { questions, notes, chosen } = await tune({}, grouped);
    expect(questions).toBe(200);
    expect(notes.join()).toMatch(/400 questions share their group/);
    const reversed = await tune({}, grouped.toReversed());
    expect(reversed.chosen).toEqual(chosen);
  });

  it("leaves out what has another full vote, and says so", async () => {
    const { questions, notes } = await tune({}, [...population, recordedQuestion("short", "AAAAAAAAAAA")]);
    expect({ questions, notes }).toEqual({
      questions: 600,
      notes: [expect.stringMatching(/^1 of 601 questions have fewer than 12 samples and were left out/)],
    });
  });

  it("averages over permutations, with a bound that allows for it", async () => {
    const { chosen, path, permutations } = await tune({ permutations: 5 });
    expect(permutations).toBe(5);
    expect(chosen.measuredRisk * 3000).toBeCloseTo(Math.round(chosen.measuredRisk * 3000), 6);
    expect(path.some(({ measuredRisk }) => Math.abs((measuredRisk * 600) % 1) > 0.01)).toBe(true);
    for (const { upperBound, passed } of path) expect(upperBound! <= 0.05).toBe(passed);
  });
});

describe("excess error", () => {
  // Two answers, A at first and B in the end: whoever stops at once says A.
  const turning = (gold: string | undefined) =>
    Array.from({ length: 200 }, (_, i) => recordedQuestion(`q${i}`, "AABBB", gold === undefined ? {} : { gold }));
  const excess = { risk: "excess-error", maxSamples: 5, policy: presetNamed("lead"), permutations: 10 } as const;

  it("counts only errors that the full vote would not have made", async () => {
    const [right, wrong] = [await tune({ ...excess, epsilon: 0.3 }, turning("B")), await tune(excess, turning("A"))];
    const disagreeing = await tune({ ...excess, risk: "disagreement", epsilon: 0.3 }, turning("A"));
    expect(wrong.path.every(({ measuredRisk }) => measuredRisk === 0)).toBe(true);
    expect(wrong.chosen.level).toBe(1);
    expect(right.path.map(({ measuredRisk }) => measuredRisk)).toEqual(
      disagreeing.path.map(({ measuredRisk }) => measuredRisk),
    );
    expect(right.path.at(-1)!.measuredRisk).toBeGreaterThan(0.3);
  });

  it("needs gold", async () => {
    await expect(tune(excess, turning(undefined))).rejects.toThrowError(/0 questions are too few.*no gold answer/);
  });
});

describe("a conformal level", () => {
  it("is the loosest that is stricter than the ranked running maximum, by hand", async () => {
    const { chosen, path, policy } = await conformal();
    expect(policy.tuned).toMatchObject({ method: "conformal" });
    expect(policy.tuned).not.toHaveProperty("delta");
    // By another way: votes one at a time, and the questions that some level so strict or stricter loses.
    const most = Math.floor(0.05 * 601 + 1e-9) - 1;
    const answersOf = ({ question, samples }: TraceEntry) =>
      [...seededPermutation(samples.length, 1, question.id, 0)].map((at) => {
        const { extraction } = samples[at]!;
        return extraction.kind === "answer" ? extraction.answer : null;
      });
    const lost = (upTo: number) =>
      population.filter((entry) => {
        const answers = answersOf(entry);
        const full = firstSeenMajority(answers);
        return path.slice(0, upTo + 1).some(({ level }) => oneByOneAsc(answers, level).answer !== full);
      }).length;
    const place = path.findIndex(({ level }) => level === chosen.level);
    expect(place).toBeLessThan(path.length - 1);
    expect(lost(place)).toBeLessThanOrEqual(most);
    expect(lost(place + 1)).toBeGreaterThan(most);
    expect(path.map(({ passed }) => passed)).toEqual(path.map((_, at) => at <= place));
  });
});

describe("what is told", () => {
  it("names level, risk, cost and promise", async () => {
    const text = tuningLines(await tune(), 90).join("\n");
    for (const words of [
      "600 questions taken as independent, full vote of 12",
      "asc-tuned: stop.level = ",
      "With 90 % confidence, on questions like these at most 5 %",
      "as it was (stop.level = 0.95)",
      "full vote",
      "chosen",
      "failed: looser ones are not tested",
    ]) {
      expect(text.replace(/\n {2}/g, " ")).toContain(words);
    }
    expect(tuningLines(await conformal()).join("\n")).toMatch(
      /On average over calibrations like this one: on questions/,
    );
  });

  it("as JSON has the same, without the policy itself", async () => {
    const tuning = await tune();
    expect(JSON.parse(JSON.stringify(tuningJson(tuning)))).toMatchObject({
      policy: "asc-tuned",
      level: tuning.chosen.level,
      measuredRisk: tuning.chosen.measuredRisk,
      upperBound: tuning.chosen.upperBound,
      untuned: { level: 0.95 },
      fullVote: { meanSamples: 12, meanRounds: 1 },
      path: { length: tuning.path.length },
    });
  });
});
