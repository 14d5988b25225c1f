import { existsSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "@quorate/providers";
import { readLedger } from "@quorate/runs";
import { describe, expect, it } from "vitest";
import { onStage, type Stage, summaryIn, until } from "./support/stage.ts";
import { jsonLines } from "./support/workplace.ts";

const asked = ["--policy", "asc", "--set", "stop.level=0.99", "--max-samples", "12"];
type SampleLine = { readonly sample?: { readonly question: number; readonly index: number } };
type LedgerLine = { readonly intent?: number; readonly question: number; readonly samples: readonly number[] };

function recordedIn({ out }: Stage): string[] {
  // Killed early enough, a process has not opened it yet.
  if (!existsSync(join(out, "samples.jsonl"))) return [];
  return jsonLines<SampleLine>(join(out, "samples.jsonl")).flatMap(({ sample }) =>
    sample === undefined ? [] : [`${sample.question}/${sample.index}`],
  );
}

/** By the server's own journal; what it billed and the client lost is in the ledger as presumed. */
async function expectWithin(stage: Stage, total: number): Promise<void> {
  await until(() => stage.server.journal().open === 0, "the server is idle");
  expect(stage.server.journal().billedSamples).toBeLessThanOrEqual(total);
  const { samples } = await readLedger(join(stage.out, "ledger.jsonl"));
  expect(samples.spent).toBeLessThanOrEqual(total);
}

describe("--total-samples", () => {
  it.each(["equal", "unsettled", "value"])("is spent over all questions: %s", (allocate) =>
    onStage({ questions: 12, seed: 4 }, async (stage) => {
      const total = ["--total-samples", "60", "--allocate", allocate];
      expect(await stage.run(...asked, ...total)).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/larger --total-samples/),
      });
      expect(stage.server.journal().billedSamples).toBe(60);
      const decisions = stage.decisions();
      expect(decisions.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, i) => `q${i}`));
      expect(decisions.every(({ sampleCount }) => sampleCount >= 1)).toBe(true);
    }),
  );

  it("may grow: the same run goes on and buys nothing again", () =>
    onStage({ questions: 8, seed: 2 }, async (stage) => {
      expect((await stage.run(...asked, "--total-samples", "30")).code).toBe(3);
      const ended = await stage.run(...asked, "--total-samples", "200");
      expect(ended.code).toBeOneOf([0, 1]);
      expect(summaryIn(ended).decided).toBe(8);
      const recorded = recordedIn(stage);
      expect(new Set(recorded).size).toBe(recorded.length);
      expect(stage.server.journal().billedSamples).toBe(recorded.length);
    }));

  it("needs to be there for --allocate, and knows its allocators", () =>
    onStage({}, async (stage) => {
      expect((await stage.run("--allocate", "value")).stderr).toMatch(/there is none.*--total-samples/);
      expect((await stage.run("--total-samples", "9", "--allocate", "fair")).stderr).toMatch(
        /Known: equal, unsettled, value/,
      );
      expect(stage.server.journal().requests).toBe(0);
    }));

  it.each([1, 4])(
    "is kept over kill -9 at any moment, with one decision a question (n = %i)",
    { timeout: 120_000 },
    (samplesPerRequest) =>
      onStage(
        {
          questions: 60,
          seed: 5,
          latency: { ms: 25 },
          faults: [
            { kind: "rate-limit-requests", probability: 0.03, retryAfterMs: 5 },
            { kind: "reset-mid-body", probability: 0.02 },
          ],
        },
        async (stage) => {
          const random = seededRandom("allocated", samplesPerRequest);
          const total = 260;
          const args = [...asked, "--total-samples", String(total), "--concurrency", "8"];
          let kills = 0;
          for (let ended = false; !ended; ) {
            const before = recordedIn(stage);
            const running = stage.start(...args, "--samples-per-request", String(samplesPerRequest));
            let isOver = false;
            const over = running.ended.finally(() => (isOver = true));
            if (kills < 6) {
              // After some requests of its own, wherever that is: in the first pass, in a later one.
              const enough = stage.server.journal().requests + 4 + Math.floor((random() * 50) / samplesPerRequest);
              await until(() => isOver || stage.server.journal().requests >= enough, "requests");
              running.process.kill("SIGKILL");
            }
            const { code, signal, stderr } = await over;
            if (signal === "SIGKILL") kills += 1;
            else expect({ code, stderr }).toMatchObject({ code: expect.toBeOneOf([0, 1, 3]) });
            ended = signal === null;
            const after = recordedIn(stage);
            expect(new Set(after).size, "a sample is on record twice").toBe(after.length);
            for (const sample of before) expect(after).toContain(sample);
            await expectWithin(stage, total);
          }
          expect(kills).toBeGreaterThan(2);
          const decisions = stage.decisions();
          expect(decisions.map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, i) => `q${i}`));
          const intents = jsonLines<LedgerLine>(join(stage.out, "ledger.jsonl")).filter(
            ({ intent }) => intent !== undefined,
          );
          expect(stage.server.journal().requests).toBeLessThanOrEqual(intents.length);
        },
      ),
  );
});
