import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { type Question, QuorateError } from "@quorate/core";
import type { Provider } from "@quorate/providers";
import { LocalPool, listedQuestions } from "@quorate/runs";
import { LiveTally } from "../screen/live-tally.ts";
import { verdictLines } from "../screen/question.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { exitCodeOfRun, tellEnding } from "../setup/finish.ts";
import { planFrom } from "../setup/plan.ts";
import { judgeFrom, providerFrom } from "../setup/provider.ts";
import { decisionIn } from "../setup/run-on-disk.ts";
import type { SamplingOptions } from "../setup/sampling-options.ts";
import { openSession } from "../setup/session.ts";
import { stopOnSignals } from "../setup/stop-signals.ts";

export interface AskOptions extends SamplingOptions {
  readonly options?: string;
}

/** Decides one question while the person watches the votes. What was paid for is kept in a run directory as always. */
export async function ask(text: string, options: AskOptions): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${safeText(line)}\n`);
  const question = questionFrom(text, options);
  const provider = await providerFrom(options, say);
  let judge: Provider | undefined;
  try {
    judge = await judgeFrom(options, say);
    return await decideOne(question, options, provider, judge, say);
  } finally {
    await provider.close();
    await judge?.close();
  }
}

async function decideOne(
  question: Question,
  options: AskOptions,
  provider: Provider,
  judge: Provider | undefined,
  say: (line: string) => void,
): Promise<number> {
  const questions = listedQuestions("asked", [question]);
  const warn = (message: string): void => say(`warning: ${message}`);
  const plan = await planFrom(options, provider, questions, { say, warn }, judge);
  const out = options.out ?? newDirectory();
  const session = await openSession({
    options,
    plan,
    provider,
    ...(judge !== undefined && { judge }),
    questions,
    out,
    warn: say,
  });
  const handle = await new LocalPool().submit(session);
  const unhook = stopOnSignals(handle, say);
  const screen = new LiveTally(process.stderr, plan.limits.maxSamples);
  for await (const { event } of handle.events(0)) screen.show(event);
  const result = await handle.result;
  screen.end();
  unhook();
  await session.close();

  // From disk: it may have been decided by an earlier process.
  const decision = await decisionIn(out, question.id);
  if (decision !== undefined) {
    process.stdout.write(
      options.json === true
        ? `${safeJson({ out, ...decision })}\n`
        : `${verdictLines(decision).join("\n")}\n  kept in ${out}\n`,
    );
  }
  tellEnding(result, out);
  return exitCodeOfRun(result, decision?.answer === null);
}

function questionFrom(text: string, { kind, options }: AskOptions): Question {
  const listed = options?.split("|").map((option) => option.trim());
  if (text.trim() === "") throw new QuorateError({ code: "bad-input", what: "The question has no text." });
  if (listed !== undefined && (listed.length < 2 || listed.includes(""))) {
    throw new QuorateError({
      code: "bad-option",
      what: "--options needs at least two options.",
      expected: "options separated by |, such as 'yes|no'",
      seen: options,
    });
  }
  const answerKind = kind ?? (listed === undefined ? "number" : "choice");
  return { id: "asked", kind: answerKind, text, ...(listed !== undefined && { options: listed }) };
}

function newDirectory(): string {
  mkdirSync("runs", { recursive: true });
  return mkdtempSync(join("runs", "ask-"));
}
