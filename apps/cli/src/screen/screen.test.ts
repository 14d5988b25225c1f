import { describe, expect, it } from "vitest";
import { count, dollars, duration, percent, seconds } from "./numbers.ts";
import { progressLine } from "./progress.ts";
import { questionLines } from "./question.ts";
import { safeText, shortened } from "./safe-text.ts";

const progress = {
  questions: 1000,
  decided: 412,
  decidedNow: 400,
  failedNow: 0,
  questionsInFlight: 16,
  samples: 1762,
  savedSamples: 4830,
  recordedUsd: 0.41,
  presumedUsd: 0,
  reservedUsd: 0.05,
  leftUsd: 1.54,
  elapsedMs: 32_000,
};

describe("progressLine", () => {
  it("tells all there is to tell", () => {
    expect(progressLine(progress)).toBe(
      "412/1,000 decided · 16 in flight · 1,762 samples, 73 % saved · $0.41 spent, $0.050 reserved, $1.54 left · 13/s · 0:47 left",
    );
  });

  it("keeps to the width and drops what matters least", () => {
    for (const width of [110, 90, 70, 40, 20]) expect(progressLine(progress, width).length).toBeLessThanOrEqual(width);
    expect(progressLine(progress, 70)).toBe("412/1,000 decided · $0.41 spent, $0.050 reserved, $1.54 left");
    expect(progressLine(progress, 5)).toBe("412/1,000 decided");
  });

  it("says nothing of money or time that is not known", () => {
    const start = { ...progress, decidedNow: 0, samples: 0, savedSamples: 0, recordedUsd: 0, reservedUsd: 0 };
    expect(progressLine(start)).toBe("412/1,000 decided · 16 in flight · 0 samples");
    expect(progressLine({ ...progress, failedNow: 3 })).toContain("3 without an answer");
    expect(progressLine({ ...progress, presumedUsd: 0.02 })).toContain("$0.020 presumed");
  });
});

describe("safeText", () => {
  it("makes escape sequences and direction marks inert, and keeps everything else", () => {
    expect(safeText("\u001b[31mred\u0007\u202egnp.exe\u009b2J")).toBe("␛[31mred␇�gnp.exe�2J");
    expect(safeText("äöü 漢字 🙂")).toBe("äöü 漢字 🙂");
    expect(safeText("a\nb\tc")).toBe("a b c");
    expect(safeText("a\nb\rc", "keep line breaks")).toBe("a\nb␍c");
  });

  it("is shortened by characters, not by halves of them", () => {
    expect(shortened("🙂🙂🙂🙂", 3)).toBe("🙂🙂…");
    expect(shortened("short", 5)).toBe("short");
  });
});

describe("numbers", () => {
  it("are as people read them", () => {
    expect([count(1234567), percent(0.4567), percent(1, 0)]).toEqual(["1,234,567", "45.7 %", "100 %"]);
    expect([0, 42, 0.5, 0.0042, 0.0000012].map(dollars)).toEqual(["$0.00", "$42.00", "$0.50", "$0.0042", "$0.0000012"]);
    expect([7000, 750_000, 11_100_000].map(duration)).toEqual(["0:07", "12:30", "3:05:00"]);
    expect([400, 61_000].map(seconds)).toEqual(["0.4 s", "1:01"]);
  });
});

describe("questionLines", () => {
  it("shows waves, votes and why it stopped, with hostile text made inert", () => {
    const lines = questionLines({
      question: { id: "q\u001b[2J", kind: "number", text: "1 + 1?", gold: "2" },
      samples: [
        {
          index: 0,
          wave: 0,
          extraction: { kind: "answer", answer: "2" },
          latencyMs: 12.4,
          signals: { "mean-logprob": -0.25 },
        },
        {
          index: 1,
          wave: 1,
          extraction: { kind: "abstention", reason: "failed" },
          detail: "HTTP 500\u0007",
          signals: {},
        },
      ],
      decision: {
        id: "q",
        answer: "2",
        support: 1,
        reason: "beta",
        certificate: "heuristic",
        sampleCount: 2,
        savedSamples: 14,
        rounds: 2,
        votes: [{ answer: "2", count: 1, weight: 1 }],
        latencyMs: 20,
        costUsd: 0.0001,
        gold: "2",
        correct: true,
      },
    });
    const text = lines.join("\n");
    expect(text).not.toContain("\u001b");
    expect(text).not.toContain("\u0007");
    expect(lines).toEqual(
      expect.arrayContaining([
        "  gold: 2",
        "     1       1  2   mean-logprob -0.250, 12 ms",
        "     2       2  — (failed)   HTTP 500␇",
        "  answer 2  ✓ right",
        "  stopped by beta: a rule of thumb, no promise in numbers",
        "  2 samples in 2 rounds, 14 of the full vote saved",
        "  cost $0.00010",
      ]),
    );
  });

  it("says when a question is open", () => {
    expect(questionLines({ question: { id: "q", kind: "number" }, samples: [], decision: undefined }).at(-1)).toBe(
      "  not decided yet",
    );
  });
});
