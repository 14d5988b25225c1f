import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { presetNamed } from "@quorate/core";
import { seededRandom } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { onStage, type Stage } from "./support/stage.ts";
import { jsonLines } from "./support/workplace.ts";

interface SampleLine {
  readonly sample?: {
    readonly question: number;
    readonly index: number;
    readonly wave: number;
    readonly costUsd?: number;
    readonly extraction: { readonly kind: string; readonly answer?: string };
  };
}
interface LedgerLine {
  readonly intent?: number;
  readonly question: number;
  readonly samples: readonly number[];
}

const maxSamples = 10;
const vote = ["--policy", "asc", "--set", "stop.level=0.8", "--max-samples", String(maxSamples)];
const questions = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({ id: `q${i}`, question: `[#${i}#] How many are ${i} and one more?`, gold: i + 1 }),
  ).join("\n");
/** Unsure enough that stopping early sometimes changes the answer. */
const unsure = {
  behaviour: {
    default: {
      answers: [
        { answer: "1", probability: 0.6 },
        { answer: "2", probability: 0.4 },
      ],
    },
  },
};

function linesOf<Line>(stage: Stage, name: string): Line[] {
  const path = join(stage.out, name);
  return existsSync(path) ? jsonLines<Line>(path) : [];
}

function recorded(stage: Stage) {
  const samples = linesOf<SampleLine>(stage, "samples.jsonl").flatMap(({ sample }) => sample ?? []);
  const keys = samples.map(({ question, index }) => `${question}/${index}`);
  expect(new Set(keys).size, "a sample is on record twice").toBe(keys.length);
  return samples;
}

/** The plurality of a question's recorded samples in launch order, ties to the one seen first; by hand. */
function plurality(samples: ReturnType<typeof recorded>, question: number): string | null {
  const counts = new Map<string, number>();
  for (const { extraction } of samples
    .filter((sample) => sample.question === question)
    .sort((a, b) => a.index - b.index)) {
    if (extraction.answer !== undefined) counts.set(extraction.answer, (counts.get(extraction.answer) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? null;
}

const auditIn = (stdout: string) =>
  (
    JSON.parse(stdout) as {
      readonly audit: {
        readonly audited: number;
        readonly disagreements: number;
        readonly samples: number;
        readonly costUsd: number;
      };
    }
  ).audit;

describe("quorate run --audit", () => {
  it("gives the chosen questions their full vote, and counts it apart", () =>
    onStage({ ...unsure, questions: questions(60) }, async (stage) => {
      const ended = await stage.run(...vote, "--audit", "50%");
      expect(ended).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^audit: \d+ of \d+ audited.*no promise/m),
      });
      const decisions = stage.decisions();
      const samples = recorded(stage);
      const audits = decisions.flatMap(({ audit }) => audit ?? []);
      expect(audits.length).toBeGreaterThan(15);
      expect(audits.length).toBeLessThan(45);
      expect(audits.some(({ agrees }) => !agrees)).toBe(true);
      decisions.forEach(({ audit, answer, sampleCount, certificate, gold }, question) => {
        const own = samples.filter((sample) => sample.question === question);
        expect(own).toHaveLength(sampleCount + (audit?.samples ?? 0));
        if (audit === undefined) return;
        if (certificate === "curtailed") {
          expect(audit).toMatchObject({ agrees: true, answer, samples: 0 });
          return;
        }
        const full = plurality(samples, question);
        expect(own).toHaveLength(maxSamples);
        expect(audit).toMatchObject({ answer: full, agrees: full === answer, correct: full === gold });
        const extra = own.filter(({ index }) => index >= sampleCount);
        expect(audit.costUsd).toBeCloseTo(
          extra.reduce((sum, { costUsd = 0 }) => sum + costUsd, 0),
          12,
        );
        const waves = new Set(own.filter(({ index }) => index < sampleCount).map(({ wave }) => wave));
        for (const { wave } of extra) expect(waves.has(wave)).toBe(false);
      });
      expect(auditIn(ended.stdout)).toMatchObject({
        audited: audits.length,
        disagreements: audits.filter(({ agrees }) => !agrees).length,
        samples: audits.reduce((sum, { samples: more }) => sum + more, 0),
      });
      expect(readFileSync(join(stage.out, "report.html"), "utf8")).toMatch(
        /<dt>Audit<\/dt>.*differ from the full vote/,
      );
      await stage.expectHonestMoney();
    }));

  it("goes on from what waves had speculated", () =>
    onStage({ ...unsure, questions: questions(30) }, async (stage) => {
      expect(await stage.run(...vote, "--audit", "100%", "--speculate", "2")).toMatchObject({ code: 0 });
      const samples = recorded(stage);
      stage.decisions().forEach(({ audit, certificate }, question) => {
        if (certificate === "curtailed") return;
        expect(samples.filter((sample) => sample.question === question)).toHaveLength(maxSamples);
        expect(audit?.answer).toBe(plurality(samples, question));
      });
      await stage.expectHonestMoney();
    }));

  it("decides as it would without, and can be asked for afterwards", () =>
    onStage({ ...unsure, questions: questions(30) }, async (stage) => {
      await stage.run(...vote);
      const plain = stage.decisions();
      const bought = recorded(stage).length;
      const later = await stage.run(...vote, "--audit", "40%");
      expect(later.code).toBe(0);
      const audited = stage.decisions();
      const strip = ({ audit: _, latencyMs: __, ...decision }: (typeof plain)[number]) => decision;
      expect(audited.map(strip)).toEqual(plain.map(strip));
      expect(recorded(stage)).toHaveLength(bought + auditIn(later.stdout).samples);
      const { requests } = stage.server.journal();
      const again = await stage.run(...vote, "--audit", "40%");
      expect(auditIn(again.stdout)).toEqual(auditIn(later.stdout));
      expect(stage.server.journal().requests, "audited once").toBe(requests);
    }));

  it("killed again and again audits the same questions, once, and buys nothing twice", () => {
    const random = seededRandom("audit kills", 1);
    const args = [...vote, "--audit", "50%", "--budget", "5", "--concurrency", "6"];
    const all = { ...unsure, questions: questions(80), latency: { ms: 25 } };
    return onStage(all, async (calm) => {
      expect(await calm.run(...args)).toMatchObject({ code: 0 });
      await onStage(all, async (stage) => {
        let kills = 0;
        for (let ended = false; !ended; ) {
          const before = new Set(recorded(stage).map(({ question, index }) => `${question}/${index}`));
          const sent = intents(stage).length;
          const running = stage.start(...args);
          const timer = kills < 6 ? setTimeout(() => running.process.kill("SIGKILL"), 450 + random() * 500) : undefined;
          const { signal, code, stderr } = await running.ended;
          clearTimeout(timer);
          if (signal === "SIGKILL") kills += 1;
          else expect({ code, stderr }).toMatchObject({ code: 0 });
          ended = signal === null;
          for (const sample of intents(stage).slice(sent)) {
            expect(before.has(sample), `${sample} was bought again`).toBe(false);
          }
          await stage.expectHonestMoney(5);
        }
        expect(kills).toBeGreaterThan(0);
        const whatCounts = ({ decisions }: Stage) =>
          decisions().map(({ id, answer, sampleCount, audit }) => ({
            ...{ id, answer, sampleCount },
            audit: audit && { answer: audit.answer, agrees: audit.agrees, samples: audit.samples },
          }));
        expect(whatCounts(stage)).toEqual(whatCounts(calm));
        expect(recorded(stage)).toHaveLength(recorded(calm).length);
      });
    });
  });

  it("keeps the decision when the budget ends in an audit, and completes it with a larger one", () =>
    onStage({ ...unsure, questions: questions(40) }, async (stage) => {
      const args = [...vote, "--audit", "100%", "--concurrency", "1"];
      const first = await stage.run(...args, "--budget", "0.004");
      expect(first).toMatchObject({ code: 3, stderr: expect.stringContaining("The budget ended first") });
      await stage.expectHonestMoney(0.004);
      const cut = stage.decisions().filter(({ audit, interim }) => audit === undefined && interim !== true);
      expect(cut, "the audit of one question is cut off").toHaveLength(1);
      const second = await stage.run(...args, "--budget", "5");
      expect(second.code).toBe(0);
      const decisions = stage.decisions();
      expect(decisions).toHaveLength(40);
      expect(decisions.every(({ audit }) => audit !== undefined)).toBe(true);
      for (const { id, answer } of cut) expect(decisions.find((decision) => decision.id === id)?.answer).toBe(answer);
      recorded(stage);
      await stage.expectHonestMoney(5);
    }));

  it.each([
    [0.01, /drift: \d+ of \d+ is more than the promised disagreement of at most 1\.00 %/],
    [0.4, /consistent with the promised disagreement of at most 40\.00 %/],
  ])("tests the promise of ε = %f aloud", (epsilon, says) =>
    onStage({ ...unsure, questions: questions(60) }, async (stage) => {
      const policy = {
        ...presetNamed("asc"),
        stop: { rule: "beta", level: 0.75 },
        tuned: {
          ...{ method: "learn-then-test", risk: "disagreement", epsilon, delta: 0.1, maxSamples },
          data: { file: "then.jsonl", digest: "d", questions: 500 },
          ...{ parameter: "stop.level", level: 0.75 },
        },
      };
      const file = stage.file("tuned.json", JSON.stringify(policy));
      const ended = await stage.run("--policy", file, "--max-samples", String(maxSamples), "--audit", "0.9");
      expect(ended.stderr).toMatch(says);
      expect(stage.decisions().some(({ certificate }) => certificate === "risk-controlled")).toBe(true);
      expect(JSON.parse(ended.stdout)).toMatchObject({ audit: { verdict: { epsilon, drift: epsilon < 0.1 } } });
    }),
  );
});

function intents(stage: Stage): string[] {
  return linesOf<LedgerLine>(stage, "ledger.jsonl").flatMap(({ intent, question, samples }) =>
    intent === undefined ? [] : samples.map((index) => `${question}/${index}`),
  );
}
