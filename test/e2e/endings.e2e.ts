import { existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Ended } from "./support/command-line.ts";
import { onStage, type Stage, summaryIn, until } from "./support/stage.ts";
import { jsonLines } from "./support/workplace.ts";

type SampleLine = { readonly sample?: { readonly question: number; readonly index: number } };

function recordedCount(stage: Stage): number {
  const lines = jsonLines<SampleLine>(join(stage.out, "samples.jsonl")).flatMap(({ sample }) => sample ?? []);
  expect(new Set(lines.map(({ question, index }) => `${question}/${index}`)).size, "a sample was bought twice").toBe(
    lines.length,
  );
  return lines.length;
}

function expectAllDecided(stage: Stage, ended: Ended, questions: number): void {
  expect(ended).toMatchObject({ code: 0 });
  expect(summaryIn(ended)).toMatchObject({ decided: questions, failed: 0 });
  expect(stage.decisions().map(({ id }) => id)).toEqual(Array.from({ length: questions }, (_, i) => `q${i}`));
}

describe("how a run ends", () => {
  it("exits with 1 when a question got no answer, which stops no other", () =>
    onStage(
      { behaviour: { questions: [{ key: "[#1#]", answers: [{ answer: null, probability: 1 }] }] } },
      async (stage) => {
        const ended = await stage.run("--max-samples", "3");
        expect(ended.code).toBe(1);
        expect(summaryIn(ended)).toMatchObject({ decided: 3, failed: 1 });
        expect(stage.decisions()[1]).toMatchObject({
          answer: null,
          reason: "no-votes",
          support: 0,
          abstentions: { "no-answer": 3 },
        });
      },
    ));

  it("exits with 3 when the budget ends first, and goes on with a larger one", () =>
    onStage({ questions: 12 }, async (stage) => {
      const options = ["--policy", "sc", "--max-samples", "4", "--concurrency", "2"];
      const ended = await stage.run(...options, "--budget", "0.0015");
      expect(ended.code).toBe(3);
      expect(ended.stderr).toMatch(/budget ended first.*larger --budget.*same command/s);
      await stage.expectHonestMoney(0.0015);
      const decided = stage
        .decisions()
        .filter(({ interim }) => interim !== true)
        .map(({ id }) => id);
      expect(decided.length).toBeGreaterThan(0);
      expect(decided.length).toBeLessThan(12);

      const firstRequests = stage.server.journal().requests;
      expectAllDecided(stage, await stage.run(...options, "--budget", "1"), 12);
      expect(stage.server.journal().billedSamples).toBe(48);
      expect(recordedCount(stage)).toBe(48);
      expect(stage.server.journal().requests - firstRequests).toBeLessThanOrEqual(48 - decided.length * 4);
    }));

  it("exits with 3 at the deadline with the best answers so far, and goes on", () =>
    onStage({ questions: 6, latency: { ms: 60 } }, async (stage) => {
      const options = ["--policy", "sc", "--max-samples", "8", "--concurrency", "4"];
      const ended = await stage.run(...options, "--deadline", "350ms");
      expect(ended.code).toBe(3);
      expect(ended.stderr).toMatch(/deadline came first/);
      await stage.expectHonestMoney();
      for (const decision of stage.decisions()) {
        if (decision.interim === true) expect(decision).toMatchObject({ reason: "deadline", certificate: "heuristic" });
      }
      expectAllDecided(stage, await stage.run(...options), 6);
      recordedCount(stage);
    }));

  it("finishes and records what is in flight after one Ctrl-C, and says how to go on", () =>
    onStage({ questions: 30, latency: { ms: 150 } }, async (stage) => {
      const running = stage.start("--policy", "sc", "--max-samples", "2", "--concurrency", "4");
      await until(() => stage.server.journal().billedRequests >= 4, "a few samples are there");
      running.process.kill("SIGINT");
      const ended = await running.ended;
      expect(ended.code).toBe(130);
      expect(ended.stderr).toMatch(/Press Ctrl-C again/);
      expect(ended.stderr).toContain(`The same command goes on with ${stage.out}`);
      const { presumedUsd } = await stage.expectHonestMoney();
      expect(presumedUsd).toBe(0);
      expect(recordedCount(stage)).toBe(stage.server.journal().billedSamples);
      expectAllDecided(stage, await stage.run("--policy", "sc", "--max-samples", "2"), 30);
      expect(stage.server.journal().billedSamples).toBe(60);
    }));

  it("starts no retry after Ctrl-C, however long the server asks to wait", () =>
    onStage({ questions: 4, faults: [{ kind: "rate-limit-requests", retryAfterSeconds: 50 }] }, async (stage) => {
      const running = stage.start("--concurrency", "2");
      await until(() => stage.server.journal().requests >= 1, "the first refusal");
      const began = Date.now();
      running.process.kill("SIGINT");
      expect((await running.ended).code).toBe(130);
      expect(Date.now() - began).toBeLessThan(5_000);
      expect(stage.server.prompts().every(({ requests }) => requests <= 4)).toBe(true);
    }));

  it("leaves within a second after Ctrl-C twice; what was in flight is presumed spent", () =>
    onStage({ questions: 4, faults: [{ kind: "hang" }] }, async (stage) => {
      const running = stage.start("--concurrency", "4", "--budget", "1");
      await until(() => stage.server.journal().open >= 1, "requests in flight");
      running.process.kill("SIGINT");
      let said = "";
      running.process.stderr?.on("data", (text: string) => (said += text));
      await until(() => said.includes("Ctrl-C again"), "the first signal was heard");
      const began = Date.now();
      running.process.kill("SIGINT");
      expect((await running.ended).code).toBe(130);
      expect(Date.now() - began).toBeLessThan(1_000);
      const { presumedUsd } = await stage.expectHonestMoney(1);
      expect(presumedUsd).toBeGreaterThan(0);
    }));

  it("asks a finished run's questions never again", () =>
    onStage({}, async (stage) => {
      await stage.run();
      const [requests, before] = [
        stage.server.journal().requests,
        readFileSync(join(stage.out, "decisions.jsonl"), "utf8"),
      ];
      const again = await stage.run();
      expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("3 of 3 questions are decided") });
      expect(stage.server.journal().requests).toBe(requests);
      expect(readFileSync(join(stage.out, "decisions.jsonl"), "utf8")).toBe(before);
    }));

  it.skipIf(!existsSync("/dev/full"))("stops when the disk is full; what is recorded stays", () =>
    onStage({ questions: 40 }, async (stage) => {
      await stage.run();
      const [samples, decisions] = [join(stage.out, "samples.jsonl"), join(stage.out, "decisions.jsonl")];
      const kept = `${samples}.kept`;
      renameSync(samples, kept);
      symlinkSync("/dev/full", samples);
      rmSync(decisions);
      const { requests } = stage.server.journal();
      const ended = await stage.run("--concurrency", "2");
      expect(ended).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/samples\.jsonl cannot be written: ENOSPC.*same command/s),
      });
      expect(stage.server.journal().requests - requests).toBeLessThan(20);
      await stage.expectHonestMoney();

      const { requests: before } = stage.server.journal();
      renameSync(kept, samples);
      expectAllDecided(stage, await stage.run(), 40);
      expect(stage.server.journal().requests).toBe(before);
    }),
  );

  it("ends at once when nobody is there, or the key is refused, and loses nothing", () =>
    onStage({ questions: 20, apiKey: "sk-right-0123456789" }, async (stage) => {
      const refused = await stage.run();
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/answers no request: HTTP 401/) });
      await stage.server.close();
      expect(await stage.run()).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/answers no request: .*ECONNREFUSED/),
      });
      expect(summaryIn(refused)).toMatchObject({ decided: 0, costUsd: 0, presumedUsd: 0 });
      expect(recordedCount(stage)).toBe(0);
      expect(stage.decisions()).toEqual([]);
    }));
});
