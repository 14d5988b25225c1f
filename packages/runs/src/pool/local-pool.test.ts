import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { presetNamed, type Question } from "@quorate/core";
import { type Provider, type RecordedSample, replayFromSamples, seededRandom, systemClock } from "@quorate/providers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunLimits, RunPlan } from "../plan.ts";
import { listedQuestions } from "../questions/listed-questions.ts";
import type { DecisionLine } from "../storage/decision-line.ts";
import { readDecisions } from "../storage/read-decisions.ts";
import { openRunDirectory, runFiles } from "../storage/run-directory.ts";
import { LocalPool, type LocalPoolOptions } from "./local-pool.ts";
import type { RunHandle, RunResult } from "./pool.ts";

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "quorate-pool-"));
});
afterEach(() => rmSync(path, { recursive: true }));

/** Each text is a question; its letters are what the model answers, in turn. */
const recorded = (letters: string): RecordedSample[] =>
  [...letters].map((answer, index) => ({ index, wave: 0, extraction: { kind: "answer", answer }, signals: {} }));

interface Sharing extends LocalPoolOptions, Pick<Partial<RunLimits>, "totalSamples" | "allocate"> {
  readonly provider?: (replayed: Provider) => Provider;
  readonly onSubmit?: (handle: RunHandle) => void;
}

async function run(
  texts: readonly string[],
  { provider = (same) => same, onSubmit, questionsSharing, ...limits }: Sharing,
): Promise<{ readonly result: RunResult; readonly decisions: readonly DecisionLine[] }> {
  const listed = texts.map((_, i): Question => ({ id: `q${i}`, kind: "exact", text: `${i}?` }));
  const questions = listedQuestions("here", listed);
  const plan: RunPlan = {
    policy: presetNamed("asc"),
    prompting: {},
    grading: {},
    seed: 1,
    limits: { maxSamples: 12, concurrency: 3, speculate: 0, ...limits },
    keepTokens: false,
    durability: "os",
  };
  const replayed = replayFromSamples(new Map(texts.map((text, i) => [`q${i}`, recorded(text)])));
  const directory = await openRunDirectory({
    path,
    plan,
    model: "replayed",
    questions,
    version: "test",
    now: new Date(0),
    extend: false,
    retryFailed: false,
    warn: () => {},
  });
  const pool = new LocalPool(questionsSharing === undefined ? {} : { questionsSharing });
  const clock = systemClock;
  const handle = await pool.submit({
    plan,
    provider: provider(replayed),
    questions,
    directory,
    clock,
    random: seededRandom(1),
  });
  onSubmit?.(handle);
  const result = await handle.result;
  await directory.close();
  const decisions: DecisionLine[] = [];
  for await (const decision of readDecisions(join(path, runFiles.decisions))) decisions.push(decision);
  return { result, decisions };
}

const samplesOf = (decisions: readonly DecisionLine[]): number[] => decisions.map(({ sampleCount }) => sampleCount);
const total = (decisions: readonly DecisionLine[]): number => samplesOf(decisions).reduce((sum, n) => sum + n, 0);
const easy = "AAAAAAAAAAAA";
const split = "ABABABABABAB";

describe("a run whose questions share a total", () => {
  it("decides as without one where it is large enough", async () => {
    const { result, decisions } = await run([easy, split, easy], { totalSamples: 100 });
    expect(result.ending).toBe("completed");
    expect(decisions.map(({ answer, reason }) => `${answer} ${reason}`)).toEqual(["A beta", "A max-samples", "A beta"]);
    expect(samplesOf(decisions)).toEqual([4, 12, 4]);
  });

  it("spends it to the last sample, most where the vote is split, and leaves every question its best answer", async () => {
    const texts = [easy, split, easy, split, easy, easy];
    const { result, decisions } = await run(texts, { totalSamples: 24 });
    expect(result.ending).toBe("budget");
    expect(total(decisions)).toBe(24);
    expect(decisions.map(({ id }) => id)).toEqual(["q0", "q1", "q2", "q3", "q4", "q5"]);
    expect(decisions.every(({ answer }) => answer === "A")).toBe(true);
    const [first, second] = [samplesOf(decisions)[0]!, samplesOf(decisions)[1]!];
    expect(second).toBeGreaterThan(first);
    const open = decisions.filter(({ reason }) => reason === "budget");
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(({ interim }) => interim === true)).toBe(true);
  });

  it("equal shares are equal", async () => {
    const { decisions } = await run([split, split, split, split], { totalSamples: 22, allocate: "equal" });
    expect(samplesOf(decisions).sort()).toEqual([5, 5, 6, 6]);
  });

  it("goes on with a larger one, buying nothing again", async () => {
    const texts = [easy, split, split];
    const sent: number[] = [];
    const counting = (replayed: Provider): Provider => ({
      ...bound(replayed),
      sample(request, indexes, context) {
        sent.push(...indexes);
        return replayed.sample(request, indexes, context);
      },
    });
    await run(texts, { totalSamples: 9, provider: counting });
    expect(sent).toHaveLength(9);
    const { decisions, result } = await run(texts, { totalSamples: 15, provider: counting });
    expect(sent).toHaveLength(15);
    expect(result.ending).toBe("budget");
    expect(total(decisions)).toBe(15);
    expect((await run(texts, { totalSamples: 99, provider: counting })).result.ending).toBe("completed");
    expect(sent).toHaveLength(4 + 12 + 12);
  });

  it("in groups gives each its part, and the later ones what the earlier ones left", async () => {
    const texts = [easy, easy, easy, easy, split, split, split, split];
    const { decisions, result } = await run(texts, { totalSamples: 40, questionsSharing: 4 });
    expect(result.ending).toBe("budget");
    const counts = samplesOf(decisions);
    expect(counts.slice(0, 4)).toEqual([4, 4, 4, 4]);
    // Their part was 20; the easy ones left 4 of theirs.
    expect(total(decisions.slice(4))).toBe(24);
  });

  it("ends at once when it is cancelled, and a question that waits is simply not decided yet", async () => {
    const texts = [easy, split, split, split];
    const { decisions, result } = await run(texts, {
      totalSamples: 16,
      onSubmit: (handle) => handle.cancel("finish"),
    });
    expect(result.ending).toBe("cancelled");
    expect(decisions).toEqual([]);
    expect((await run(texts, { totalSamples: 16 })).decisions).toHaveLength(4);
  });

  it("fails as a whole when a provider breaks, and nobody waits for ever", async () => {
    const breaking = (replayed: Provider): Provider => ({
      ...bound(replayed),
      // biome-ignore lint/correctness/useYield: it breaks before the first sample.
      async *sample() {
        throw new Error("the provider broke");
      },
    });
    const { result, decisions } = await run([split, split, split, split, split], {
      totalSamples: 30,
      provider: breaking,
    });
    expect(result).toMatchObject({
      ending: "failed",
      error: expect.objectContaining({ message: "the provider broke" }),
    });
    expect(decisions).toEqual([]);
  });
});

/** A provider's methods belong to their object. */
function bound(provider: Provider): Provider {
  return {
    id: provider.id,
    account: provider.account,
    can: provider.can,
    worstCaseUsd: (request, samples) => provider.worstCaseUsd(request, samples),
    expectedUsd: (request, samples) => provider.expectedUsd(request, samples),
    available: (question) => provider.available?.(question),
    sample: (request, indexes, context) => provider.sample(request, indexes, context),
    close: () => provider.close(),
  };
}
