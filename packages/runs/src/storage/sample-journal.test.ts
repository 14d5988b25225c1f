import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Extraction, Question } from "@quorate/core";
import { openTrace } from "@quorate/providers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SampleJournal } from "./sample-journal.ts";

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "quorate-journal-")), "samples.jsonl");
});
afterEach(() => rmSync(join(path, ".."), { recursive: true }));

const questions: Question[] = ["a", "b"].map((id) => ({ id, kind: "number", text: `${id}?` }));
const answer = (text: string): Extraction => ({ kind: "answer", answer: text });
const failed: Extraction = { kind: "abstention", reason: "failed" };

async function session(retryFailed: boolean, work: (journal: SampleJournal) => Promise<void> | void): Promise<void> {
  const indexOf = (id: string) => questions.findIndex((question) => question.id === id);
  const journal = await SampleJournal.open(path, questions.length, indexOf, "os", retryFailed, () => {});
  await work(journal);
  await journal.close();
}

const record = (journal: SampleJournal, question: number, index: number, extraction: Extraction) =>
  journal.append(question, questions[question]!, { index, wave: 0, extraction, signals: {} });

async function replayed(id: string): Promise<unknown[]> {
  const trace = await openTrace(path);
  try {
    const samples = await trace.samplesAt(trace.indexOf(id));
    return samples.map(({ index, extraction }) => [index, extraction.kind === "answer" ? extraction.answer : null]);
  } finally {
    await trace.close();
  }
}

describe("SampleJournal", () => {
  it("goes on in launch order, however often it is opened", async () => {
    await session(false, (journal) => {
      record(journal, 0, 0, answer("1"));
      record(journal, 0, 2, answer("3"));
    });
    await session(false, (journal) => {
      record(journal, 0, 1, answer("2"));
      record(journal, 1, 0, answer("9"));
    });
    expect(await replayed("a")).toEqual([
      [0, "1"],
      [1, "2"],
      [2, "3"],
    ]);
    expect(await replayed("b")).toEqual([[0, "9"]]);
  });

  it("keeps a distribution over answers, and reads it back as it was", async () => {
    const distribution = [
      { answer: "1", probability: 0.7 },
      { answer: "2", probability: 0.25 },
    ];
    const sample = { index: 0, wave: 0, extraction: answer("1"), signals: {}, distribution };
    await session(false, (journal) => journal.append(0, questions[0]!, sample));
    await session(false, async (journal) => expect(await journal.earlierSamples("a")).toEqual([sample]));
  });

  it("to retry, leaves out the samples of questions without any answer; new ones take their places for good", async () => {
    await session(false, (journal) => {
      record(journal, 0, 0, failed);
      record(journal, 0, 1, failed);
      record(journal, 1, 0, failed);
      record(journal, 1, 1, answer("9"));
    });
    await session(true, async (journal) => {
      expect(await journal.earlierSamples("a")).toEqual([]);
      expect(await journal.earlierSamples("b")).toHaveLength(2);
      record(journal, 0, 0, answer("1"));
      record(journal, 0, 1, answer("2"));
    });
    await session(false, async (journal) => {
      expect(await journal.earlierSamples("a")).toMatchObject([
        { extraction: answer("1") },
        { extraction: answer("2") },
      ]);
      record(journal, 0, 2, answer("3"));
    });
    expect(await replayed("a")).toEqual([
      [0, "1"],
      [1, "2"],
      [2, "3"],
    ]);
  });
});
