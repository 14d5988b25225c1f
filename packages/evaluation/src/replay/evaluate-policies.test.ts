import { parsePolicy, presetNamed, presets } from "@quorate/core";
import type { RecordedSample, TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { evaluationJson } from "../record/evaluation-json.ts";
import { evaluationTable } from "../tables/evaluation-table.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";

const entries = [
  recordedQuestion("unanimous", "AAAAAAAA", { gold: "A" }),
  recordedQuestion("split", "ABABABAB", { gold: "B" }),
  recordedQuestion("hard", "ABCDEFGH", { gold: "H" }),
  recordedQuestion("unparsed", "--------", { gold: "A" }),
  recordedQuestion("partly", "A-BA-A-A", { gold: "A" }),
];

const settings = { maxSamples: 8, permutations: 10, seed: 3 };
const evaluate = (policies: string[], more: Partial<Parameters<typeof evaluatePolicies>[0]> = {}) =>
  evaluatePolicies({ trace: traceOf(entries), policies: policies.map(presetNamed), ...settings, ...more });

describe("evaluatePolicies", () => {
  it("sc agrees with itself and draws everything in one round", async () => {
    const { policies } = await evaluate(["sc"]);
    expect(policies[0]).toMatchObject({
      policy: "sc",
      agreement: 1,
      meanSamples: 8,
      meanRounds: 1,
      meanAbstentions: 11 / 5,
      stopReasons: { fixed: 40, "no-votes": 10 },
    });
  });

  it("counts an unparsed question as wrong, and none against none as agreement", async () => {
    const { policies } = await evaluate(["asc"], { trace: traceOf([entries[3]!]) });
    expect(policies[0]).toMatchObject({ accuracy: 0, agreement: 1, meanSamples: 8, meanAbstentions: 8 });
  });

  it("depends on nothing but the seed, and on no other policy but the baseline", async () => {
    const together = await evaluate(["sc", "asc", "quorate"]);
    expect(await evaluate(["sc", "asc", "quorate"])).toEqual(together);
    const { versusBaseline, ...alone } = together.policies[1]!;
    expect((await evaluate(["asc"])).policies[0]).toEqual(alone);
    expect(versusBaseline).toMatchObject({ samples: { a: 8, b: alone.meanSamples } });
    const other = await evaluate(["asc"], { seed: 4 });
    expect(other.policies[0]).not.toEqual(together.policies[1]);
  });

  it("every preset on counts draws at most what sc draws", async () => {
    const names = presets.map(({ name }) => name);
    const { policies, skipped } = await evaluate(names);
    expect([...policies, ...skipped].map(({ policy }) => policy).sort()).toEqual([...names].sort());
    for (const { meanSamples, meanRounds } of policies) {
      expect(meanSamples).toBeLessThanOrEqual(8);
      expect(meanRounds).toBeLessThanOrEqual(meanSamples);
    }
  });

  it("counts requests: one a wave, or as many as the samples one request carries make necessary", async () => {
    const of = async (samplesPerRequest?: number) =>
      (await evaluate(["asc"], samplesPerRequest === undefined ? {} : { samplesPerRequest })).policies[0]!;
    const [shared, alone, pairs] = [await of(), await of(1), await of(2)];
    expect(shared.meanRequests).toBe(shared.meanRounds);
    expect(alone.meanRequests).toBe(alone.meanSamples);
    expect(pairs.meanRequests).toBeGreaterThan(shared.meanRequests);
    expect(pairs.meanRequests).toBeLessThan(alone.meanRequests);
  });

  it("says which policies cannot work and goes on with the others", async () => {
    const evaluation = await evaluate(["grace-es", "asc"]);
    expect(evaluation.policies.map(({ policy }) => policy)).toEqual(["asc"]);
    expect(evaluation.skipped).toEqual([
      { policy: "grace-es", why: expect.stringContaining("special-token") as unknown },
    ]);
  });

  it("skips a policy that must know how many answers there are, on questions that do not say", async () => {
    const policies = [{ rule: "asc-d" }, { rule: "asc-d", answers: 2 }].map((stop) =>
      parsePolicy({ name: "mine", stop }),
    );
    const options = ["A", "B"];
    const open = await evaluatePolicies({ trace: traceOf(entries), policies, ...settings });
    expect(open.policies).toHaveLength(1);
    expect(open.skipped).toEqual([
      { policy: "mine", why: expect.stringContaining('"unanimous" lists no options') as unknown },
    ]);
    const listed = [recordedQuestion("a", "AAAAAAAA", { options })];
    const closed = await evaluatePolicies({ trace: traceOf(listed), policies, ...settings });
    expect(closed.policies.map(({ meanSamples }) => meanSamples)).toEqual([6, 6]);
  });

  it("tells samples of one answer apart by their distributions", async () => {
    const showing = (probability: number) => [{ answer: "A", probability }];
    const [entry] = [recordedQuestion("a", "AAAAAAAA")];
    const samples = entry!.samples.map(
      (sample, i): RecordedSample => ({ ...sample, distribution: showing(i === 0 ? 1 : 0.1) }),
    );
    const policies = [parsePolicy({ name: "mine", stop: { rule: "asc-d", answers: 2 } })];
    const of = async (recorded: readonly RecordedSample[]) =>
      (await evaluatePolicies({ trace: traceOf([{ ...entry!, samples: recorded }]), policies, ...settings }))
        .policies[0];
    expect(await of(entry!.samples)).toMatchObject({ meanSamples: 6 });
    expect(await of(samples)).toMatchObject({ meanSamples: 8, stopReasons: { "max-samples": 10 } });
  });

  it("uses a recorded confidence, and says that it stands in", async () => {
    const confident = entries.map(({ question, samples }) => ({
      question,
      samples: samples.map((sample): RecordedSample => ({ ...sample, signals: { recorded: 0.95 } })),
    }));
    const { policies, notes } = await evaluate(["grace-es"], { trace: traceOf(confident, ["recorded"]) });
    expect(notes[0]).toMatch(/memory\.jsonl has no special-token/);
    // The first parsed sample is confident enough.
    expect(policies[0]!.stopReasons).toMatchObject({ threshold: 40, "no-votes": 10 });
  });

  it("without gold has no accuracy; with some it says over how many", async () => {
    const without = await evaluate(["asc"], { trace: traceOf([recordedQuestion("q", "AAB")]) });
    expect(without.policies[0]).not.toHaveProperty("accuracy");
    const some = await evaluate(["asc"], { trace: traceOf([...entries, recordedQuestion("q", "AAB")]) });
    expect(without.notes).toContain("no question has a gold answer, so there is no accuracy");
    expect(some.notes).toEqual([
      "1 of 6 questions have fewer than 8 samples (the fewest: 3); their full vote is all they have",
      "accuracy is over the 5 of 6 questions that have a gold answer",
    ]);
  });

  it("takes questions without samples and traces without questions", async () => {
    const empty = await evaluate(["asc"], { trace: traceOf([recordedQuestion("q", "")]) });
    expect(empty.policies[0]).toMatchObject({ agreement: 1, meanSamples: 0, meanRounds: 0, medianSamples: 0 });
    expect(empty.notes).toContain(
      "1 of 1 questions have no samples at all; every policy agrees with the full vote there",
    );
    const nothing = await evaluate(["asc"], { trace: traceOf([]), matched: true });
    expect(nothing).toMatchObject({ questions: 0, policies: [], hardest: [], notes: ["the file has no questions"] });
    expect(nothing).not.toHaveProperty("fullVote");
  });

  it("reads texts with the grader of the question", async () => {
    const response = (text: string, index: number): RecordedSample => ({
      index,
      wave: 0,
      text,
      extraction: { kind: "answer", answer: "stale" },
      signals: {},
      finishReason: text.startsWith("I") ? "length" : "stop",
    });
    const texts = ["The answer is 1,200.", "#### 1200", "I was cut", "\\boxed{1200}", ""];
    const entry: TraceEntry = { question: { id: "q", kind: "number", gold: "$1,200" }, samples: texts.map(response) };
    const { policies } = await evaluate(["sc"], { trace: traceOf([entry]) });
    expect(policies[0]).toMatchObject({ accuracy: 1, meanSamples: 5, meanAbstentions: 2 });
  });

  it("lets a custom grader join answers and needs it to read texts", async () => {
    const response = (text: string, index: number): RecordedSample => ({
      index,
      wave: 0,
      text,
      extraction: { kind: "answer", answer: "recorded" },
      signals: {},
    });
    const entry: TraceEntry = {
      question: { id: "q", kind: "custom", gold: "TEN" },
      samples: ["ten", "Ten", "nine"].map(response),
    };
    const custom = {
      extract: (text: string) => text,
      equal: (a: string, b: string) => /ten/i.test(a) && /ten/i.test(b),
    };
    const read = await evaluate(["sc"], { trace: traceOf([entry]), grading: { custom } });
    expect(read.policies[0]).toMatchObject({ accuracy: 1 });
    const recorded = await evaluate(["sc"], { trace: traceOf([entry]) });
    expect(recorded.policies[0]).toMatchObject({ accuracy: 0, meanAbstentions: 0 });
  });

  it("takes recorded json answers as they are, unless it is told which field to read", async () => {
    const response = (result: number, index: number): RecordedSample => ({
      index,
      wave: 0,
      text: JSON.stringify({ answer: "a draft", result, other: 9 }),
      extraction: { kind: "answer", answer: String(result) },
      signals: {},
      finishReason: "stop",
    });
    const entry: TraceEntry = { question: { id: "q", kind: "json", gold: "7.0" }, samples: [7, 7, 8].map(response) };
    const accuracyWith = async (grading?: { readonly field: string }) =>
      (await evaluate(["sc"], { trace: traceOf([entry]), ...(grading && { grading }) })).policies[0]?.accuracy;
    expect(await accuracyWith()).toBe(1);
    expect(await accuracyWith({ field: "result" })).toBe(1);
    expect(await accuracyWith({ field: "other" })).toBe(0);
  });

  it("gives intervals over questions, not over permutations of the same ones", async () => {
    const few = (await evaluate(["sc"], { permutations: 1 })).policies[0]!;
    const many = (await evaluate(["sc"], { permutations: 50 })).policies[0]!;
    for (const { accuracy, accuracyInterval } of [few, many]) {
      expect(accuracyInterval!.low).toBeLessThan(accuracy!);
      expect(accuracyInterval!.high).toBeGreaterThan(accuracy!);
      // Five questions leave the accuracy open, however often their samples are shuffled.
      expect(accuracyInterval!.high - accuracyInterval!.low).toBeGreaterThan(0.4);
    }
  });

  it("tells how far it is and can be stopped", async () => {
    const seen: number[] = [];
    await evaluate(["asc"], { onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([5]);
    await expect(evaluate(["asc"], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
  });

  it.each([0, 1.5, Number.NaN])("refuses %j permutations", async (permutations) => {
    await expect(evaluate(["asc"], { permutations })).rejects.toThrow(/permutations is off/);
  });
});

describe("evaluationJson and evaluationTable", () => {
  it("keep the keys of the first version where they were, and have none that say nothing", async () => {
    const json = evaluationJson(await evaluate(["sc"]));
    expect(json).toMatchObject({
      file: "memory.jsonl",
      questions: 5,
      permutations: 10,
      policies: [
        {
          policy: "sc",
          accuracy: expect.any(Number) as number,
          accuracyInterval: { low: expect.any(Number) as number, high: expect.any(Number) as number },
          agreement: 1,
          meanSamples: 8,
          samplesInterval: { low: 8, high: 8 },
          meanRounds: 1,
        },
      ],
    });
    for (const absent of ["skipped", "notes", "curves", "priced", "latency", "digest"]) {
      expect(json).not.toHaveProperty(absent);
    }
    for (const absent of ["outputTokens", "inputTokens", "outputUsd", "totalUsd", "seconds", "versusBaseline"]) {
      expect(json.policies[0]).not.toHaveProperty(absent);
    }
    const skipping = evaluationJson(await evaluate(["grace-es"], { maxSamples: 9 }));
    expect(skipping).toMatchObject({
      policies: [],
      skipped: [{ policy: "grace-es" }],
      notes: [expect.stringMatching(/fewer than 9/) as string],
    });
  });

  it("align, keep to the width, and print no escape codes", async () => {
    const hostile = parsePolicy({ name: "a\u001b[31m", stop: { rule: "fixed" } });
    const evaluation = await evaluatePolicies({
      trace: traceOf(entries),
      policies: [presetNamed("quorate"), hostile, presetNamed("cisc")],
      ...settings,
    });
    const wide = evaluationTable(evaluation, 100);
    expect(wide.join("\n")).toMatchInlineSnapshot(`
      "memory.jsonl: 5 questions, up to 8 samples each, 10 permutations

      policy         accuracy  95 % interval  agreement  samples  rounds  requests  wrong mode
      quorate          50.0 %    10.0–90.0 %   100.00 %     6.22    3.04      3.04      0.00 %
      a⟨U+001B⟩[31m    50.0 %    10.0–90.0 %   100.00 %     8.00    1.00      1.00      0.00 %

      quorate stopped by curtailed 52.0 % · horizon 28.0 % · no-votes 20.0 %
      a⟨U+001B⟩[31m stopped by fixed 80.0 % · no-votes 20.0 %

      against quorate, paired, with 95 % intervals:
      policy                    accuracy, pp            agreement, pp                 samples
      a⟨U+001B⟩[31m  0.00 (−43.45 to +43.45)  0.00 (−43.45 to +43.45)  +1.78 (+0.28 to +3.50)

      skipped cisc: Policy "cisc" reads mean-logprob (elicitor token-probability), which memory.jsonl does
        not bring. It brings no confidence at all; a policy on counts works: quorate, asc, esc, sc."
    `);
    for (const width of [20, 40, 60, 80]) {
      for (const line of evaluationTable(evaluation, width).slice(0, 8)) {
        if (!line.includes(" ")) continue;
        expect(line.length).toBeLessThanOrEqual(Math.max(width, 28));
      }
    }
  });
});
