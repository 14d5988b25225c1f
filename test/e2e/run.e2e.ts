import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { messagesFor } from "@quorate/providers";
import { readRunFile } from "@quorate/runs";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { onStage, type Summary, summaryIn } from "./support/stage.ts";
import { jsonLines } from "./support/workplace.ts";

const answers = [
  { answer: "1", probability: 0.6 },
  { answer: "2", probability: 0.3 },
];

describe("quorate run", () => {
  it("writes decisions in input order, with the fields of the format and costs of the server", () =>
    onStage(
      { questions: 12, seed: 3, behaviour: { default: { answers } }, latency: { ms: 3, sigma: 1 } },
      async (stage) => {
        const ended = await stage.run("--policy", "asc", "--max-samples", "8", "--concurrency", "5");
        expect(ended).toMatchObject({ code: 0 });
        const decisions = stage.decisions();
        expect(decisions.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, i) => `q${i}`));
        for (const decision of decisions) {
          const {
            answer,
            support,
            sampleCount,
            savedSamples,
            rounds,
            votes,
            usage,
            costUsd,
            abstentions = {},
          } = decision;
          expect(decision).toMatchObject({
            reason: expect.any(String),
            certificate: expect.any(String),
            latencyMs: expect.any(Number),
          });
          expect(decision).not.toHaveProperty("confidence");
          expect(decision.correct).toBe(decision.gold === answer);
          expect(sampleCount + savedSamples).toBe(8);
          expect(rounds).toBeGreaterThan(0);
          const abstained = Object.values(abstentions).reduce((sum, count) => sum + count, 0);
          expect(votes.reduce((sum, { count }) => sum + count, 0) + abstained).toBe(sampleCount);
          expect(support).toBeCloseTo(
            (votes.find((vote) => vote.answer === answer)?.weight ?? 0) / (sampleCount - abstained),
            9,
          );
          expect(usage?.outputTokens).toBeGreaterThan(0);
          expect(costUsd).toBeGreaterThan(0);
        }
        const summary = summaryIn(ended);
        expect(decisions.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)).toBeCloseTo(
          stage.server.journal().usd,
          9,
        );
        expect(summary.costUsd).toBeCloseTo(stage.server.journal().usd, 9);
        expect(stage.server.journal().billedSamples).toBe(
          decisions.reduce((sum, { sampleCount }) => sum + sampleCount, 0),
        );
      },
    ));

  it("prints one JSON object with the keys of the format and nothing else on standard output", () =>
    onStage({}, async (stage) => {
      const ended = await stage.run("--budget", "1");
      expect(ended.stdout.trimEnd().split("\n")).toHaveLength(1);
      expect(Object.keys(summaryIn(ended))).toEqual([
        ...["out", "questions", "decided", "failed", "accuracy", "meanSamples", "meanRounds"],
        ...["costUsd", "presumedUsd", "budgetUsd", "wallMs"],
      ]);
      expect(ended.stderr).toBe("");
    }));

  it("tells a person what it came to, and leaves a report that opens without a network", () =>
    onStage({}, async (stage) => {
      const json = await stage.run();
      const { stdout } = await quorate(["show", stage.out]);
      for (const words of ["accuracy", "samples", "rounds", "cost", "stopped by", stage.out])
        expect(stdout).toContain(words);
      const shown = JSON.parse((await quorate(["show", stage.out, "--json"])).stdout) as Summary;
      expect({ ...summaryIn(json), wallMs: undefined }).toEqual({ ...shown, wallMs: undefined });
      const report = readFileSync(join(stage.out, "report.html"), "utf8");
      expect(report).toContain("q2");
      expect(report).not.toMatch(/(?:src|href)\s*=\s*["']?https?:/);
    }));

  it("puts into run.json all that makes what was sent again", () =>
    onStage({ keepRequests: true }, async (stage) => {
      const template = stage.file("prompt.txt", "Solve:\n{{question}}\nANSWER: <number>");
      await stage.run(
        "--policy",
        "sc",
        "--max-samples",
        "2",
        "--system",
        "Be brief.",
        "--template",
        template,
        "--temperature",
        "0.7",
        "--seed",
        "7",
      );
      const run = readRunFile(join(stage.out, "run.json"))!;
      const { identity, limits, prices } = run;
      expect(identity).toMatchObject({
        model: "openai:fake-model",
        seed: 7,
        temperature: 0.7,
        policy: { name: "sc", stop: { rule: "fixed" } },
      });
      expect(limits).toMatchObject({ maxSamples: 2, maxTokens: 300 });
      expect(prices).toMatchObject({ "openai:fake-model": { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6 } });
      const question = { id: "q0", kind: "number", text: "[#0#] How many are 0 and one more?" } as const;
      const { system, template: kept } = identity.prompting;
      const messages = messagesFor(question, { system: system!, template: kept! });
      const bodies = stage.server
        .entries()
        .map(({ request }) => request!.body as { messages: unknown; temperature: number; seed: number });
      expect(bodies.filter((body) => JSON.stringify(body.messages) === JSON.stringify(messages))).toHaveLength(2);
      expect(bodies.every(({ temperature }) => temperature === 0.7)).toBe(true);
      expect(new Set(bodies.map(({ seed }) => seed)).size).toBe(6);
    }));

  it("replays its own samples to the same decisions without a request", () =>
    onStage({ questions: 10, seed: 5, behaviour: { default: { answers } } }, async (stage) => {
      await stage.run("--max-samples", "9");
      const { requests } = stage.server.journal();
      const replay = [
        "run",
        "--model",
        `replay:${join(stage.out, "samples.jsonl")}`,
        "--max-samples",
        "9",
        "--out",
        join(stage.path, "again"),
        "--json",
      ];
      expect(await quorate(replay)).toMatchObject({ code: 0 });
      // What took time or money is another run's, and a journal has its questions in the order of their first sample.
      const votes = (out?: string) =>
        stage
          .decisions(out)
          .map(({ usage: _, costUsd: __, latencyMs: ___, ...decision }) => decision)
          .sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(votes(join(stage.path, "again"))).toEqual(votes());
      expect(stage.server.journal().requests).toBe(requests);
    }));

  it("pays a prompt once a wave where the server has n", () =>
    onStage({}, async (stage) => {
      expect(await stage.run("--policy", "sc", "--max-samples", "6", "--samples-per-request", "6")).toMatchObject({
        code: 0,
      });
      expect(stage.server.journal()).toMatchObject({ requests: 3, billedSamples: 18 });
    }));

  it("estimates without sending anything or making a directory", () =>
    onStage({}, async (stage) => {
      const { code, stdout } = await stage.run("--dry-run");
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        questions: 3,
        fullVoteUsd: expect.any(Number),
        worstCaseUsd: expect.any(Number),
      });
      expect(stage.server.journal().requests).toBe(0);
      expect(existsSync(stage.out)).toBe(false);
    }));

  it("leaves costs out where the model has no price", () =>
    onStage({}, async (stage) => {
      const ended = await stage.run("--prices", stage.file("none.json", "{}"));
      expect(ended.code).toBe(0);
      expect(summaryIn(ended)).not.toHaveProperty("costUsd");
      for (const decision of stage.decisions()) expect(decision).not.toHaveProperty("costUsd");
      for (const line of jsonLines<{ sample?: object }>(join(stage.out, "samples.jsonl")))
        expect(line.sample ?? {}).not.toHaveProperty("costUsd");
      expect((await quorate(["show", stage.out])).stdout).toMatch(/cost +unknown/);
    }));
});
