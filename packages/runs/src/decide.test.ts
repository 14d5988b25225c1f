import type { Question } from "@quorate/core";
import { type Provider, replayFromSamples, type SampleOutcome } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";

const question: Question = { id: "sum", kind: "number", text: "What is 6 × 7?", gold: "42" };

function recorded(...answers: readonly (string | null)[]) {
  const samples = answers.map((answer, index) => ({
    index,
    wave: 0,
    extraction:
      answer === null ? ({ kind: "abstention", reason: "no-answer" } as const) : ({ kind: "answer", answer } as const),
    signals: {},
  }));
  return replayFromSamples(new Map([["sum", samples]]));
}

describe("decide", () => {
  it("decides as a run does, and tells what happens", async () => {
    const events: string[] = [];
    const decision = await decide({
      provider: recorded("42", "42", "41", "42"),
      policy: "sc",
      question,
      maxSamples: 4,
      onEvent: ({ type }) => events.push(type),
    });
    expect(decision).toMatchObject({
      id: "sum",
      answer: "42",
      correct: true,
      reason: "fixed",
      sampleCount: 4,
      support: 0.75,
    });
    expect(events).toContain("wave-launched");
    expect(events.filter((type) => type === "sample-recorded")).toHaveLength(4);
  });

  it("gives null where no sample had an answer", async () => {
    expect(await decide({ provider: recorded(null, null), question })).toMatchObject({
      answer: null,
      reason: "no-votes",
    });
  });

  it("gives the best answer so far when it is cancelled", async () => {
    const decision = await decide({ provider: recorded("42"), question, signal: AbortSignal.abort() });
    expect(decision).toMatchObject({ interim: true, reason: "cancelled" });
  });

  it("asks a model as it wants to be asked, unless a person says otherwise", async () => {
    const sent: string[] = [];
    const provider = answering({ kind: "response", text: "42", finishReason: "stop", signals: {} }, sent);
    await decide({ provider, question, maxSamples: 1 });
    await decide({ provider, question, maxSamples: 1, prompting: { template: "Quick: {{question}}" } });
    expect(sent).toEqual(["It asks: What is 6 × 7?", "Quick: What is 6 × 7?"]);
  });

  it("passes on the provider's own advice when nothing can be asked", async () => {
    const provider = answering({ kind: "failed", detail: "No weights", forAll: true, hint: "Fetch them." });
    await expect(decide({ provider, question })).rejects.toThrow(/mine answers no request: No weights\. Fetch them\.$/);
  });
});

function answering(outcome: SampleOutcome, sent: string[] = []): Provider {
  return {
    id: "mine",
    account: "mine",
    can: { samplesPerRequest: 1, temperature: false, seed: false, signals: [] },
    prompting: { template: "It asks: {{question}}" },
    worstCaseUsd: () => 0,
    expectedUsd: () => 0,
    async *sample({ messages }, indexes) {
      for (const { content } of messages) sent.push(content);
      for (const index of indexes) yield { index, outcome };
    },
    close: () => Promise.resolve(),
  };
}
