import { ballotOf, metricsOf, packScores } from "@quorate/confidence";
import { compilePolicy, decisionConfidenceOf, parsePolicy, presetNamed } from "@quorate/core";
import { openTrace, seededPermutation } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { embeddedTrace } from "../__fixtures__/embedded-traces.ts";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { fitPolicies } from "../replay/fitted-policies.ts";
import { readEntry } from "../replay/reading.ts";
import { replay } from "../replay/replay.ts";
import { calibrateDecision } from "./calibrate-decision.ts";
import { replayDecisions } from "./decision-replays.ts";
import { QuestionGroups } from "./question-groups.ts";

const maxSamples = 16;
const date = "2025-01-31";

async function fitted(policy: ReturnType<typeof presetNamed>) {
  const trace = await openTrace(embeddedTrace("calibration"));
  const calibration = await calibrateDecision({ traces: [{ trace, digest: "ab12" }], policy, maxSamples, date });
  await trace.close();
  return calibration;
}

describe.each([
  ["asc", presetNamed("asc")],
  ["quorate", presetNamed("quorate")],
  ["quorate on a confidence", parsePolicy({ ...presetNamed("quorate"), confidence: { elicitor: "recorded" } })],
])("P(right) of the decisions of %s on questions not seen", (_, policy) => {
  it("is right as often as it says, which support is not, and orders decisions no worse", async () => {
    const { policy: carrying, document } = await fitted(policy);
    expect(document.fittedFor).toEqual({ policy: policy.name, maxSamples });
    const trace = await openTrace(embeddedTrace("test"));
    const { working } = await fitPolicies([parsePolicy(JSON.parse(JSON.stringify(carrying)))], trace);
    const { compiled, estimate } = working[0]!;
    const judged: { confidence: number; support: number; isRight: boolean }[] = [];
    for await (const entry of trace) {
      const { question, samples, isRight } = readEntry(entry, {});
      const ballots = samples.map((sample) => ballotOf(sample, estimate));
      for (const permutation of [0, 1, 2, 3]) {
        const order = seededPermutation(samples.length, 7, question.id, permutation);
        const { decision } = replay(compiled, { maxSamples }, ballots, order);
        const { answer, confidence, support } = decision;
        if (answer === null) continue;
        judged.push({ confidence: confidence!, support, isRight: isRight!(answer) });
      }
    }
    const by = (score: "confidence" | "support") =>
      metricsOf(packScores(judged.map((one) => ({ score: one[score], isRight: one.isRight }))), [
        "ece",
        "auroc",
        "brier",
      ]);
    const [ours, support] = [by("confidence"), by("support")];
    console.log(
      `${policy.name}: ECE ${ours.ece} AUROC ${ours.auroc}; support ECE ${support.ece} AUROC ${support.auroc}`,
    );
    expect(judged.length).toBeGreaterThan(3900);
    expect(ours.ece).toBeLessThanOrEqual(0.05);
    expect(ours.ece).toBeLessThan(support.ece as number);
    // Of plain counts the share alone tells nearly all that there is.
    expect(ours.auroc).toBeGreaterThan((support.auroc as number) - 0.01);
    expect(ours.brier).toBeLessThan(support.brier as number);
  }, 60_000);
});

describe("what is learnt from", () => {
  const entries = [recordedQuestion("a", "ABAAAA", { gold: "A" }), recordedQuestion("b", "BB", { gold: "A" })];
  const settings = {
    compiled: compilePolicy(presetNamed("sc")),
    ...{ estimate: () => undefined, maxSamples: 6, permutations: 1, seed: 1, grading: {} },
  };

  it("is each decision beside what a limit would have found earlier", async () => {
    const [first, ...rest] = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (seed) => {
        const replays = await replayDecisions(traceOf(entries), new QuestionGroups(), { ...settings, seed });
        expect(replays).toMatchObject({ questions: 1, short: 1, ungraded: 0 });
        return replays.decisions;
      }),
    );
    expect(first![0]).toMatchObject({ isRight: true, group: 0, decision: { answer: "A", sampleCount: 6 } });
    const earlier = [first!, ...rest].map((decisions) => decisions[1]!.decision.sampleCount);
    expect(Math.min(...earlier)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...earlier)).toBeLessThan(6);
    expect(new Set(earlier).size).toBeGreaterThan(1);
  });

  it("is refused where it is too little, and where no question has the samples", async () => {
    const calibrate = (entriesOf: typeof entries, samples: number) =>
      calibrateDecision({
        traces: [{ trace: traceOf(entriesOf), digest: "d" }],
        ...{ policy: presetNamed("asc"), maxSamples: samples, date },
      });
    await expect(calibrate(entries, 2)).rejects.toThrowError(/too little data/);
    await expect(calibrate(entries, 9)).rejects.toThrowError(/2 questions have fewer than 9 samples/);
    // Five hundred orders of forty questions are no five hundred questions.
    const few = Array.from({ length: 40 }, (_, i) => recordedQuestion(`q${i}`, i % 2 ? "AABA" : "BBAB", { gold: "A" }));
    const many = calibrateDecision({
      traces: [{ trace: traceOf(few), digest: "d" }],
      ...{ policy: presetNamed("sc"), maxSamples: 4, permutations: 50, date },
    });
    await expect(many).rejects.toThrowError(/40 groups for 5 folds/);
  });

  it("judges by a document that reads back the same confidence", async () => {
    const { document } = await fitted(presetNamed("asc"));
    const vote = { answer: "A", support: 1, sampleCount: 4, votes: [{ answer: "A", count: 4, weight: 4 }] };
    const again = JSON.parse(JSON.stringify(document)) as typeof document;
    expect(decisionConfidenceOf(again)(vote)).toBe(decisionConfidenceOf(document)(vote));
    expect(decisionConfidenceOf(document)(vote)).toBeGreaterThan(0.5);
  });
});
