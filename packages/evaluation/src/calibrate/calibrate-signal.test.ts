import { elicitorForSignal, gradeSamples, metricsOf, parseFittedCalibrator } from "@quorate/confidence";
import { buildCalibrator } from "@quorate/core";
import { openTrace, type TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { embeddedTrace } from "../__fixtures__/embedded-traces.ts";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { calibrateSignal } from "./calibrate-signal.ts";
import { readTraces } from "./graded-trace.ts";

const date = "2025-01-31";
const recorded = elicitorForSignal("confidence");

/** Stated 0.9 where a half is right: `places` says which. */
function overconfident(count: number, from = 0): TraceEntry[] {
  return Array.from({ length: count }, (_, i) => {
    const entry = recordedQuestion(`q${from + i}`, "AB", { gold: "A" });
    return {
      ...entry,
      samples: entry.samples.map((sample) => ({ ...sample, signals: { recorded: i % 2 === 0 ? 0.9 : 0.8 } })),
    };
  });
}

describe("a signal of recorded samples", () => {
  it("is calibrated as it is on other questions", async () => {
    const trace = await openTrace(embeddedTrace("calibration"));
    const fit = { traces: [{ trace, digest: "ab12" }], elicitor: elicitorForSignal("logprob"), date } as const;
    const { document, notes } = await calibrateSignal({ ...fit, method: "isotonic" });
    await trace.close();
    const { before, after, groups } = document.crossValidated;
    expect(groups).toBe(trace.length);
    expect(after.ece).toBeLessThan(before.ece!);
    const test = await openTrace(embeddedTrace("test"));
    const { questions } = await readTraces([test], {});
    const { scores } = gradeSamples(questions, elicitorForSignal("logprob"));
    await test.close();
    const calibrate = buildCalibrator(document.calibrator);
    const held = metricsOf({ ...scores, scores: scores.scores.map(calibrate) }, ["ece", "brier"]);
    // What it says of itself holds on the other split.
    expect(held.ece).toBeLessThan(after.ece! + 0.03);
    expect(held.brier).toBeCloseTo(after.brier!, 1);
    expect(document).toMatchObject({ signal: "token-probability", fittedOn: { digest: "ab12", date } });
    expect(notes.some((note) => note.includes("votes may be weighed by it"))).toBe(true);
    expect(parseFittedCalibrator(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  it("of several recordings is one, and a question in both is never on both sides", async () => {
    const traces = [overconfident(100), overconfident(100)].map((entries) => ({
      trace: traceOf(entries, ["recorded"]),
      digest: "d",
    }));
    const { document, notes } = await calibrateSignal({ traces, elicitor: recorded, method: "platt", date });
    expect(document.fittedOn).toMatchObject({ count: 400, right: 200, file: "memory.jsonl, memory.jsonl" });
    expect(document.crossValidated).toMatchObject({ groups: 100, folds: 5 });
    expect(document.crossValidated.before.ece).toBeCloseTo(0.35, 9);
    expect(document.crossValidated.after.ece).toBeLessThan(0.01);
    expect(notes.join()).toMatch(/does not tell right from wrong/);
  });

  it("says what it left out", async () => {
    const entries = [
      ...overconfident(60),
      recordedQuestion("ungraded", "AB"),
      recordedQuestion("bare", "A-", { gold: "A" }),
    ];
    const traces = [{ trace: traceOf(entries, ["recorded"]), digest: "d" }];
    const { notes } = await calibrateSignal({ traces, elicitor: recorded, method: "temperature", date });
    expect(notes.slice(0, 3)).toEqual([
      "1 question without a gold answer left out",
      "1 sample without an answer left out",
      "1 sample without the signal left out",
    ]);
  });

  it("is refused where it is not there, and where there is too little", async () => {
    const calibrate = (entries: TraceEntry[], signal: string) =>
      calibrateSignal({
        traces: [{ trace: traceOf(entries, ["recorded"]), digest: "d" }],
        ...{ elicitor: elicitorForSignal(signal), method: "platt", date },
      });
    await expect(calibrate(overconfident(60), "special-token")).rejects.toThrowError(/no special-token.*has: recorded/);
    await expect(calibrate(overconfident(10), "confidence")).rejects.toThrowError(
      /20 right and 20 wrong ones, got "20 graded/,
    );
    const manyOfFew = overconfident(9).map((entry) => ({
      ...entry,
      samples: Array.from({ length: 20 }, () => entry.samples).flat(),
    }));
    await expect(calibrate(manyOfFew, "confidence")).rejects.toThrowError(/9 groups of questions for 5 folds/);
  });
});
