import { parsePolicy, presetNamed } from "@quorate/core";
import { seededPermutation, seededRandom } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { firstSeenMajority, oneByOneAsc } from "../__fixtures__/independent-vote.ts";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { type Pair, pairedDifference } from "../statistics/paired-difference.ts";
import { evaluationTable } from "../tables/evaluation-table.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";

const seed = 5;
const maxSamples = 11;
const permutations = 3;

/** Two questions a group; some without gold. */
const questions = Array.from({ length: 40 }, (_, number) => {
  const random = seededRandom("baseline", number);
  const letters = Array.from({ length: 11 }, () => (random() < 0.6 ? "A" : random() < 0.7 ? "B" : "-")).join("");
  const gold = number % 4 === 3 ? undefined : number % 3 === 0 ? "B" : "A";
  return { id: `q${number}`, letters, group: `g${number >> 1}`, ...(gold !== undefined && { gold }) };
});
const trace = traceOf(questions.map(({ id, letters, ...more }) => recordedQuestion(id, letters, more)));
const evaluate = (policies: readonly ReturnType<typeof presetNamed>[], baseline?: string) =>
  evaluatePolicies({ trace, policies, maxSamples, permutations, seed, ...(baseline !== undefined && { baseline }) });

/** Every replay of sc and asc in the plainest way. */
const pairs = questions.flatMap(({ id, letters, group, gold }) =>
  Array.from({ length: permutations }, (_, permutation): Pair & { readonly agrees: boolean } => {
    const places = [...seededPermutation(letters.length, seed, id, permutation)];
    const answers = places.map((place) => (letters[place] === "-" ? null : letters[place]!));
    const full = firstSeenMajority(answers);
    const early = oneByOneAsc(answers, 0.95);
    return {
      group,
      a: { samples: maxSamples, ...(gold !== undefined && { correct: full === gold }) },
      b: { samples: early.samples, ...(gold !== undefined && { correct: early.answer === gold }) },
      agrees: early.answer === full,
    };
  }),
);

describe("differences against a baseline", () => {
  it("are those of all replays paired one by one, resampled by group", async () => {
    const { policies, baseline } = await evaluate([presetNamed("sc"), presetNamed("asc")]);
    expect(baseline).toBe("sc");
    expect(policies[0]).not.toHaveProperty("versusBaseline");
    const { accuracy, agreement, samples } = policies[1]!.versusBaseline!;
    const plain = pairedDifference(pairs, { seed });
    for (const [ours, theirs, count] of [
      [accuracy!, plain.accuracy!, 30],
      [samples, plain.samples!, 40],
    ] as const) {
      expect(ours.questions).toBe(count);
      for (const key of ["a", "b", "difference"] as const) expect(ours[key]).toBeCloseTo(theirs[key], 12);
      for (const end of ["low", "high"] as const) expect(ours.interval![end]).toBeCloseTo(theirs.interval![end], 12);
    }
    const agreeing = pairs.filter(({ agrees }) => agrees).length / pairs.length;
    expect(agreement).toMatchObject({ a: 1, b: agreeing, questions: 40 });
    expect(agreement.interval!.low).toBeLessThan(agreeing - 1);
  });

  it("are against the policy that is named, wherever it stands, and turn their sign with it", async () => {
    const both = [presetNamed("sc"), presetNamed("asc")];
    const there = (await evaluate(both)).policies[1]!.versusBaseline!.samples;
    const back = (await evaluate(both, "asc")).policies;
    expect(back[1]).not.toHaveProperty("versusBaseline");
    const { difference, interval } = back[0]!.versusBaseline!.samples;
    expect(difference).toBeCloseTo(-there.difference, 12);
    expect(interval!.low).toBeCloseTo(-there.interval!.high, 12);
  });

  it("need a baseline that takes part", async () => {
    await expect(evaluate([presetNamed("sc")], "asc")).rejects.toThrow(/baseline is none of the policies.*sc.*"asc"/);
    const { baseline, notes } = await evaluate([presetNamed("grace-es"), presetNamed("asc")], "grace-es");
    expect(baseline).toBe("asc");
    expect(notes).toContain(
      "the baseline grace-es cannot work here; differences are against the first policy that can",
    );
  });
});

describe("wrong-mode stops", () => {
  it("are stops before the full vote on another answer, not other disagreements", async () => {
    const { policies } = await evaluate([presetNamed("asc")]);
    const wrong = pairs.filter(({ agrees, b }) => !agrees && b.samples < maxSamples).length;
    expect(wrong).toBeGreaterThan(0);
    const early = pairs.filter(({ b }) => b.samples < maxSamples).length;
    expect(policies[0]).toMatchObject({ wrongModeStops: wrong / pairs.length, earlyStops: early / pairs.length });
    // The last of three windows may disagree with the vote, but by then nothing was saved.
    const late = await evaluatePolicies({
      trace: traceOf([recordedQuestion("q", "ABABCC")]),
      policies: [parsePolicy({ name: "window", stop: { rule: "window", size: 2 } })],
      maxSamples: 6,
      permutations: 200,
      seed: 1,
    });
    const [{ agreement, wrongModeStops }] = late.policies as [(typeof late.policies)[number]];
    expect(wrongModeStops).toBeGreaterThan(0);
    expect(wrongModeStops).toBeLessThan(1 - agreement);
  });
});

describe("what a trace lacks", () => {
  it("is counted and said: kinds that differ, gold, samples", async () => {
    const mixed = await evaluatePolicies({
      trace: traceOf([
        recordedQuestion("exact", "AAAAA", { gold: "A" }),
        { question: { id: "number", kind: "number" }, samples: recordedQuestion("number", "11111").samples },
        recordedQuestion("short", "AA", { gold: "A" }),
        recordedQuestion("none", "", { gold: "A" }),
      ]),
      policies: [presetNamed("asc")],
      maxSamples: 5,
      permutations: 2,
      seed,
    });
    expect(mixed.notes).toEqual([
      "2 of 4 questions have fewer than 5 samples (the fewest: 0); their full vote is all they have",
      "1 of 4 questions have no samples at all; every policy agrees with the full vote there",
      "accuracy is over the 3 of 4 questions that have a gold answer",
      "answers are of 2 kinds, each read and compared in its own way: 3 exact, 1 number",
    ]);
    expect(mixed).toMatchObject({ graded: 3, fullVote: { accuracy: 2 / 3, meanSamples: 3 } });
  });
});

describe("the table", () => {
  it("keeps every part within the screen", async () => {
    const evaluation = await evaluatePolicies({
      trace,
      policies: ["sc", "asc", "esc", "quorate"].map(presetNamed),
      maxSamples,
      permutations,
      seed,
      matched: true,
      latency: { kind: "lognormal", medianSeconds: 4, sigma: 0.5 },
    });
    for (const width of [60, 80, 120]) {
      for (const line of evaluationTable(evaluation, width)) expect(line.length, line).toBeLessThanOrEqual(width);
    }
    const [narrow, wide] = [80, 120].map((width) => evaluationTable(evaluation, width).join("\n"));
    expect(wide).toMatch(/policy +time +median time +p95 time\n/);
    expect(narrow).toContain("against sc, paired, with 95 % intervals:");
  });
});
