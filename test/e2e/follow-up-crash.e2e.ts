import { existsSync } from "node:fs";
import { join } from "node:path";
import { type LlmServer, startLlmServer } from "@quorate/llm-server";
import { seededRandom } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { start } from "./support/command-line.ts";
import { expectHonestMoney } from "./support/stage.ts";
import { jsonLines, makeWorkplace } from "./support/workplace.ts";

const wantedKills = Number(process.env.QUORATE_KILLS ?? 12);
const seed = Number(process.env.QUORATE_SEED ?? 1);
const questionCount = 40;
const budgetUsd = 5;

type JournalLine = {
  readonly sample?: { readonly question: number; readonly index: number };
  readonly call?: { readonly question: number; readonly key: string };
  readonly followUp?: { readonly question: number; readonly index: number };
};
type LedgerLine = {
  readonly intent?: number;
  readonly question: number;
  readonly samples: readonly number[];
  readonly call?: string;
};

interface OnRecord {
  readonly samples: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
  readonly followUps: ReadonlySet<string>;
}

/** Everything that was paid for, none of it twice. */
function onRecord(out: string): OnRecord {
  const path = join(out, "samples.jsonl");
  const lines = existsSync(path) ? jsonLines<JournalLine>(path) : [];
  const once = (names: readonly string[], what: string): ReadonlySet<string> => {
    expect(new Set(names).size, `${what} is on record twice`).toBe(names.length);
    return new Set(names);
  };
  return {
    samples: once(
      lines.flatMap(({ sample }) => (sample === undefined ? [] : [`${sample.question}/${sample.index}`])),
      "a sample",
    ),
    calls: once(
      lines.flatMap(({ call }) => (call === undefined ? [] : [`${call.question}/${call.key}`])),
      "a reply",
    ),
    followUps: once(
      lines.flatMap(({ followUp }) => (followUp === undefined ? [] : [`${followUp.question}/${followUp.index}`])),
      "what was asked about a sample",
    ),
  };
}

function intents(out: string): readonly { readonly samples: readonly string[]; readonly call: string | undefined }[] {
  const path = join(out, "ledger.jsonl");
  if (!existsSync(path)) return [];
  return jsonLines<LedgerLine>(path).flatMap(({ intent, question, samples, call }) =>
    intent === undefined
      ? []
      : [
          {
            samples: samples.map((index) => `${question}/${index}`),
            call: call === undefined ? undefined : `${question}/${call}`,
          },
        ],
  );
}

const says = (key: string, answers: Readonly<Record<string, number>>) => ({
  key,
  answers: Object.entries(answers).map(([answer, probability]) => ({ answer, probability, text: "{answer}" })),
});

const serve = (round: number): Promise<LlmServer> =>
  startLlmServer({
    seed: seed + round,
    latency: { ms: 15 },
    price: { input: 0.15, output: 0.6 },
    behaviour: {
      default: { format: "letter" },
      questions: [says("Is your answer right?", { True: 0.7, False: 0.3 }), says("Choose the option", { B: 1 })],
      faults: [
        { kind: "rate-limit-requests", probability: 0.03, retryAfterMs: 5 },
        { kind: "reset-mid-body", probability: 0.02 },
      ],
    },
  });

const questions = Array.from({ length: questionCount }, (_, index) =>
  JSON.stringify({ id: `q${index}`, kind: "choice", question: `[#${index}#] Which?`, options: ["x", "y", "z"] }),
).join("\n");

describe("kill -9 while samples are asked about", () => {
  it.each(["p-true", "fidelity"])(
    "%s: no sample, reply or follow-up is lost or bought again",
    async (elicitor) => {
      const random = seededRandom("follow-up crash", seed, elicitor);
      let kills = 0;
      for (let round = 0; kills < wantedKills / 2; round += 1) {
        const place = makeWorkplace();
        const server = await serve(round);
        try {
          const out = join(place.path, "run");
          const prices = place.file(
            "prices.json",
            '{"fake-model":{"inputUsdPerMillion":0.15,"outputUsdPerMillion":0.6}}',
          );
          const args = [
            ...["run", place.file("q.jsonl", questions), "--out", out, "--model", "openai:fake-model"],
            ...[
              "--base-url",
              server.url,
              "--prices",
              prices,
              "--policy",
              "asc",
              "--set",
              `confidence.elicitor=${elicitor}`,
            ],
            ...["--set", "weighting.form=linear", "--max-samples", "6", "--max-tokens", "200"],
            ...["--budget", String(budgetUsd), "--concurrency", "8", "--json"],
          ];
          for (let ended = false; !ended; ) {
            const before = onRecord(out);
            const attemptsBefore = intents(out).length;
            const running = start(args);
            const killAfterMs = kills < wantedKills / 2 ? 350 + random() * 900 : Number.POSITIVE_INFINITY;
            const timer = Number.isFinite(killAfterMs)
              ? setTimeout(() => running.process.kill("SIGKILL"), killAfterMs)
              : undefined;
            const { code, signal, stderr } = await running.ended;
            clearTimeout(timer);
            if (signal === "SIGKILL") kills += 1;
            else expect({ code, stderr }).toMatchObject({ code: expect.toBeOneOf([0, 1]) });
            ended = signal === null;

            const after = onRecord(out);
            for (const kind of ["samples", "calls", "followUps"] as const) {
              for (const one of before[kind]) expect(after[kind].has(one), `${kind} ${one} was lost`).toBe(true);
            }
            for (const { samples, call } of intents(out).slice(attemptsBefore)) {
              for (const sample of samples)
                expect(before.samples.has(sample), `${sample} was bought again`).toBe(false);
              if (call !== undefined) expect(before.calls.has(call), `${call} was asked again`).toBe(false);
            }
            await expectHonestMoney(out, server, budgetUsd);
          }
          const { samples, followUps } = onRecord(out);
          const decided = jsonLines<{ followUps?: { samples: number } }>(join(out, "decisions.jsonl"));
          expect(decided).toHaveLength(questionCount);
          // Whatever voted was asked about, and nothing else.
          expect(followUps.size).toBeGreaterThan(questionCount);
          for (const one of followUps) expect(samples.has(one)).toBe(true);
          expect(decided.reduce((sum, { followUps: told }) => sum + (told?.samples ?? 0), 0)).toBeLessThanOrEqual(
            followUps.size,
          );
        } finally {
          await server.close();
          place.remove();
        }
      }
    },
    60_000 + wantedKills * 10_000,
  );
});
