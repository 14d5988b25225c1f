import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { roundingUsd } from "@quorate/core";
import { type LlmServer, startLlmServer } from "@quorate/llm-server";
import { seededRandom } from "@quorate/providers";
import { readLedger, spentUsd } from "@quorate/runs";
import { describe, expect, it } from "vitest";
import { start } from "./support/command-line.ts";
import { jsonLines, makeWorkplace, prices, questionLines } from "./support/workplace.ts";

/** How many times a process is killed: a few here, many in the deep tests. */
const wantedKills = Number(process.env.QUORATE_KILLS ?? 20);
const seed = Number(process.env.QUORATE_SEED ?? 1);
const questionCount = 120;
const budgetUsd = 5;

type SampleLine = { readonly sample?: { readonly question: number; readonly index: number } };
type LedgerLine = { readonly intent?: number; readonly question: number; readonly samples: readonly number[] };

/** Every sample that is on record, as `question/index`. */
function recordedSamples(out: string): Set<string> {
  const path = join(out, "samples.jsonl");
  if (!existsSync(path)) return new Set();
  const samples = jsonLines<SampleLine>(path).flatMap(({ sample }) =>
    sample === undefined ? [] : [`${sample.question}/${sample.index}`],
  );
  expect(new Set(samples).size, "a sample is on record twice").toBe(samples.length);
  return new Set(samples);
}

function intents(out: string): { readonly attempt: number; readonly samples: readonly string[] }[] {
  const path = join(out, "ledger.jsonl");
  if (!existsSync(path)) return [];
  return jsonLines<LedgerLine>(path).flatMap(({ intent, question, samples }) =>
    intent === undefined ? [] : [{ attempt: intent, samples: samples.map((index) => `${question}/${index}`) }],
  );
}

async function settled(server: LlmServer): Promise<void> {
  while (server.journal().open > 0) await delay(5);
}

/** recorded ≤ billed ≤ recorded + presumed ≤ budget, by the server's own journal. */
async function expectHonestMoney(out: string, server: LlmServer): Promise<void> {
  await settled(server);
  const { recordedUsd, presumedUsd } = spentUsd(await readLedger(join(out, "ledger.jsonl")));
  const billed = server.journal().usd;
  expect(recordedUsd).toBeLessThanOrEqual(billed + roundingUsd);
  expect(billed).toBeLessThanOrEqual(recordedUsd + presumedUsd + roundingUsd);
  expect(recordedUsd + presumedUsd).toBeLessThanOrEqual(budgetUsd + roundingUsd);
}

describe("kill -9 at any moment", () => {
  it.each([1, 4])(
    "with n = %i nothing is lost, bought again or decided twice",
    async (samplesPerRequest) => {
      const random = seededRandom("crash", seed, samplesPerRequest);
      let kills = 0;
      for (let round = 0; kills < wantedKills / 2; round += 1) {
        const place = makeWorkplace();
        const server = await startLlmServer({
          seed: seed + round,
          latency: { ms: 25 },
          price: { input: 0.15, cachedInput: 0.075, output: 0.6 },
          behaviour: {
            faults: [
              { kind: "rate-limit-requests", probability: 0.03, retryAfterMs: 5 },
              { kind: "reset-mid-body", probability: 0.02 },
            ],
          },
        });
        try {
          const out = join(place.path, "run");
          const args = [
            ...["run", place.file("q.jsonl", questionLines(questionCount)), "--out", out],
            ...[
              "--model",
              "openai:fake-model",
              "--base-url",
              server.url,
              "--prices",
              place.file("prices.json", prices),
            ],
            ...["--policy", "asc", "--max-samples", "12", "--max-tokens", "300", "--budget", String(budgetUsd)],
            ...["--concurrency", "8", "--samples-per-request", String(samplesPerRequest), "--json"],
          ];
          for (let ended = false; !ended; ) {
            const before = recordedSamples(out);
            const attemptsBefore = intents(out).length;
            const running = start(args);
            const killAfterMs = kills < wantedKills / 2 ? 150 + random() * 900 : Number.POSITIVE_INFINITY;
            const timer = Number.isFinite(killAfterMs)
              ? setTimeout(() => running.process.kill("SIGKILL"), killAfterMs)
              : undefined;
            const { code, signal, stderr } = await running.ended;
            clearTimeout(timer);
            if (signal === "SIGKILL") kills += 1;
            else expect({ code, stderr }).toMatchObject({ code: expect.toBeOneOf([0, 1]) });
            ended = signal === null;

            const after = recordedSamples(out);
            for (const sample of before) expect(after.has(sample), `${sample} was lost`).toBe(true);
            for (const { samples } of intents(out).slice(attemptsBefore)) {
              for (const sample of samples) expect(before.has(sample), `${sample} was bought again`).toBe(false);
            }
            await expectHonestMoney(out, server);
          }
          const decisions = jsonLines<{ id: string }>(join(out, "decisions.jsonl")).map(({ id }) => id);
          expect(decisions).toEqual(Array.from({ length: questionCount }, (_, i) => `q${i}`));
          // Attempts that the server saw and billed are the ones the ledger knows of.
          expect(server.journal().requests).toBeLessThanOrEqual(intents(out).length);
        } finally {
          await server.close();
          place.remove();
        }
      }
    },
    60_000 + wantedKills * 10_000,
  );
});
