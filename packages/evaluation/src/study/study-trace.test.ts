import { openTrace, type TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { sharedTrace } from "../__fixtures__/shared-traces.ts";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import type { SignalStudy, Study } from "./study.ts";
import { studyJson } from "./study-json.ts";
import { studyLines } from "./study-lines.ts";
import { renderStudy } from "./study-page.ts";
import { studyTrace } from "./study-trace.ts";

/** Letters with a stated confidence and a mean log-probability each, A right. */
function entry(id: string, letters: string, stated: number[], logprobs: number[], category?: string): TraceEntry {
  const { question, samples } = recordedQuestion(id, letters, {
    gold: "A",
    ...(category !== undefined && { category }),
  });
  return {
    question,
    samples: samples.map((sample, place) => ({
      ...sample,
      signals: { recorded: stated[place]!, "mean-logprob": logprobs[place]! },
      model: place % 2 === 0 ? "even" : "odd",
    })),
  };
}

const entries = [
  entry("a", "AAB-", [0.9, 0.8, 0.3, 0.5], [-0.1, -0.2, -0.4, -1], "sums"),
  entry("b", "BBAB", [0.7, 0.6, 0.6, 0.2], [-0.3, -0.3, -0.1, -0.9], "words"),
];
const small = () => studyTrace({ trace: traceOf(entries, ["recorded", "mean-logprob"]), resamples: 20 });
const signalIn = ({ signals }: Study, name: string): SignalStudy => signals.find(({ signal }) => signal === name)!;
const page = async (...studies: Study[]) => {
  const pieces: string[] = [];
  for await (const piece of renderStudy(studies)) pieces.push(piece);
  return pieces.join("");
};

describe("a study", () => {
  it("holds every signal of the recording and the vote share against the metrics", async () => {
    const study = await small();
    expect(study).toMatchObject({ questionCount: 2, sampleCount: 8, graded: 7, accuracy: 3 / 7 });
    expect(study.signals.map(({ signal, n }) => [signal, n])).toEqual([
      ["confidence", 7],
      ["logprob", 7],
      ["consistency", 7],
    ]);
    // Right 0.9, 0.8, 0.6; wrong 0.3, 0.7, 0.6, 0.2: of 12 pairs 10 are won and one is even.
    expect(signalIn(study, "confidence").metrics.auroc).toBeCloseTo(10.5 / 12, 12);
    // Within a: both pairs won. Within b: 0.6 against 0.7, 0.6 and 0.2.
    expect(signalIn(study, "confidence").metrics.wqd).toBeCloseTo(3.5 / 5, 12);
    const brier = [0.1, 0.2, 0.3, 0.7, 0.6, 0.4, 0.2].reduce((sum, gap) => sum + gap ** 2, 0) / 7;
    expect(signalIn(study, "confidence").metrics.brier).toBeCloseTo(brier, 12);
    // Shares 2/3, 2/3, 1/3 (the abstention does not vote) and 3/4, 3/4, 1/4, 3/4.
    expect(signalIn(study, "consistency").metrics.wqd).toBeCloseTo(2 / 5, 12);
    expect(signalIn(study, "consistency").coverage.at(-1)).toMatchObject({ coverage: 1, threshold: 0.25 });
  });

  it("tells categories and models apart, and words from probabilities", async () => {
    const study = await small();
    expect(study.categories.map(({ name, n, accuracy }) => [name, n, accuracy])).toEqual([
      ["words", 4, 1 / 4],
      ["sums", 3, 2 / 3],
    ]);
    expect(study.models.map(({ name, n }) => [name, n])).toEqual([
      ["even", 4],
      ["odd", 3],
    ]);
    expect(study.models[0]!.signals[0]!.metrics.wqd).toBeCloseTo(1 / 2, 12);
    expect(study.alignment).toMatchObject({ count: 7, internal: "logprob", verbalised: "confidence" });
    expect(study.alignment!.internalHigh).toBeCloseTo(Math.exp(-0.3), 12);
    expect(studyLines(study).join("\n")).toMatch(
      /confidence against logprob, 7 answers: Spearman's ρ 0\.\d{3}\. Both high 29 %/,
    );
  });

  it("as JSON has the metrics beside the signal, and says why one is absent", async () => {
    const json = JSON.parse(JSON.stringify(studyJson(await small())));
    expect(json).toMatchObject({
      file: "memory.jsonl",
      sampleCount: 8,
      signals: [{ signal: "confidence", n: 7 }, {}, {}],
    });
    expect(json.signals[0]).toMatchObject({
      auroc: 0.875,
      wqd: expect.closeTo(0.7, 12),
      reliability: expect.any(Array),
    });
    const right = await studyTrace({
      trace: traceOf([entry("a", "AA", [0.9, 0.8], [-1, -2])], ["recorded"]),
      resamples: 5,
    });
    const [only] = (JSON.parse(JSON.stringify(studyJson(right))) as { signals: object[] }).signals;
    expect(only).toMatchObject({ absent: { auroc: "one-class", wqd: "one-class" }, intervals: {} });
    expect(only).not.toHaveProperty("auroc");
    expect(studyLines(right).join("\n")).toMatch(/confidence +2 .*–/);
  });

  it("takes the wanted signals alone, by either of their names, and refuses others", async () => {
    const trace = traceOf(entries, ["recorded", "mean-logprob"]);
    const named = await studyTrace({ trace, signals: ["consistency", "token-probability"], resamples: 2 });
    expect(named.signals.map(({ signal }) => signal)).toEqual(["consistency", "logprob"]);
    await expect(studyTrace({ trace, signals: ["special-token"] })).rejects.toThrowError(
      /does not bring the signal special-token.*It brings confidence, logprob, consistency/,
    );
  });

  it("depends on nothing but the recording and the seed, and says what it left out", async () => {
    expect(await small()).toEqual(await small());
    const trace = traceOf(
      [...entries, recordedQuestion("c", "AB"), recordedQuestion("d", "A", { gold: "A" })],
      ["recorded"],
    );
    const { notes, questionCount, graded } = await studyTrace({ trace, resamples: 2 });
    expect([questionCount, graded]).toEqual([4, 8]);
    expect(notes).toEqual(["1 question without a gold answer left out", "1 answer without confidence"]);
  });

  it("is drawn on a page that loads nothing and escapes what files say", async () => {
    const { question, samples } = entries[0]!;
    const hostile = { question: { ...question, id: "h", category: "<script>alert(1)</script>" }, samples };
    const study = await studyTrace({
      trace: traceOf([...entries, hostile], ["recorded", "mean-logprob"]),
      resamples: 20,
    });
    const markup = await page(study, await small());
    expect(
      markup.match(/<svg role="img" aria-label="Reliability diagram of confidence, logprob, consistency/g),
    ).toHaveLength(2);
    expect(markup.match(/Selective classification/g)).toHaveLength(2);
    expect(markup).toContain("Words against probabilities");
    expect(markup).toContain("&lt;script&gt;");
    expect(markup).not.toMatch(/<script|src=|href="http/);
    expect(markup).not.toContain("NaN");
  });
});

describe("of a panel of thirty models", () => {
  it("finds the published figures", async () => {
    const file = sharedTrace("linwei_mmlupro_panel30");
    if (file === undefined) return;
    const trace = await openTrace(file);
    const study = await studyTrace({ trace, signals: ["confidence", "logprob"], resamples: 20 });
    await trace.close();
    const [stated, logprob] = [signalIn(study, "confidence"), signalIn(study, "logprob")];
    expect([stated.metrics.auroc, stated.metrics.wqd].map((value) => value!.toFixed(4))).toEqual(["0.6434", "0.5484"]);
    expect([logprob.metrics.auroc, logprob.metrics.wqd].map((value) => value!.toFixed(4))).toEqual([
      "0.6197",
      "0.6208",
    ]);
    expect(stated.intervals.auroc!.low).toBeLessThan(0.6434);
    expect(stated.intervals.auroc!.high).toBeGreaterThan(0.6434);
    expect(study.models).toHaveLength(30);
    expect(study.categories).toHaveLength(14);
    expect(study.models.reduce((sum, { n }) => sum + n, 0)).toBe(study.graded);
  }, 60_000);
});
