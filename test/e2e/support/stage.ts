import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { roundingUsd } from "@quorate/core";
import { type LlmServer, type LlmServerOptions, startLlmServer } from "@quorate/llm-server";
import { type DecisionLine, readLedger, spentUsd } from "@quorate/runs";
import { expect } from "vitest";
import { type Ended, quorate, type Running, start } from "./command-line.ts";
import { jsonLines, makeWorkplace, prices, questionLines } from "./workplace.ts";

/** What `--json` prints at the end of a run. */
export interface Summary {
  readonly out: string;
  readonly questions: number;
  readonly decided: number;
  readonly failed: number;
  readonly accuracy?: number;
  readonly meanSamples?: number;
  readonly costUsd?: number;
  readonly presumedUsd?: number;
}

/** A server, a folder and a command line that know of each other. */
export interface Stage {
  readonly server: LlmServer;
  readonly path: string;
  /** The run directory of `run` and `start`. */
  readonly out: string;
  file(name: string, content: string): string;
  /** `quorate run` over the server, with known prices and `--json`. */
  run(...more: string[]): Promise<Ended>;
  start(...more: string[]): Running;
  decisions(out?: string): DecisionLine[];
  /** recorded ≤ billed ≤ recorded + presumed ≤ budget, by the server's own journal. */
  expectHonestMoney(budgetUsd?: number): Promise<{ readonly recordedUsd: number; readonly presumedUsd: number }>;
}

export interface StageOptions extends LlmServerOptions {
  /** Lines of the question file, or how many made-up ones. @default 3 */
  readonly questions?: number | string;
}

export async function onStage(
  { questions = 3, ...options }: StageOptions,
  body: (stage: Stage) => Promise<void>,
): Promise<void> {
  const place = makeWorkplace();
  const server = await startLlmServer(options);
  const out = join(place.path, "run");
  const file = place.file("questions.jsonl", typeof questions === "string" ? questions : questionLines(questions));
  const pricesFile = place.file("prices.json", prices);
  const args = (more: readonly string[]): string[] => [
    ...["run", file, "--model", "openai:fake-model", "--base-url", server.url, "--prices", pricesFile],
    ...["--max-tokens", "300", "--out", out, "--json", ...more],
  ];
  try {
    await body({
      server,
      path: place.path,
      out,
      file: place.file,
      run: (...more) => quorate(args(more), {}, place.path),
      start: (...more) => start(args(more), {}, place.path),
      decisions: (other = out) => jsonLines<DecisionLine>(join(other, "decisions.jsonl")),
      expectHonestMoney: (budgetUsd) => expectHonestMoney(out, server, budgetUsd),
    });
  } finally {
    await server.close();
    place.remove();
  }
}

/** recorded ≤ billed ≤ recorded + presumed ≤ budget, by the server's own journal. */
export async function expectHonestMoney(
  out: string,
  server: LlmServer,
  budgetUsd = Number.POSITIVE_INFINITY,
): Promise<{ readonly recordedUsd: number; readonly presumedUsd: number }> {
  await until(() => server.journal().open === 0, "the server is idle");
  const spent = spentUsd(await readLedger(join(out, "ledger.jsonl")));
  const billed = server.journal().usd;
  expect(spent.recordedUsd).toBeLessThanOrEqual(billed + roundingUsd);
  expect(billed).toBeLessThanOrEqual(spent.recordedUsd + spent.presumedUsd + roundingUsd);
  expect(spent.recordedUsd + spent.presumedUsd).toBeLessThanOrEqual(budgetUsd + roundingUsd);
  return spent;
}

export function summaryIn({ stdout }: Ended): Summary {
  return JSON.parse(stdout) as Summary;
}

/** Waits for a condition, not for a time; fails after a bounded one. */
export async function until(condition: () => boolean, what: string, withinMs = 15_000): Promise<void> {
  for (const endMs = Date.now() + withinMs; !condition(); ) {
    if (Date.now() > endMs) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await delay(5);
  }
}
