import type { Provider } from "@quorate/providers";
import { LocalPool, type QuestionSource } from "@quorate/runs";
import { exitCodes } from "../exit-codes.ts";
import { watchProgress } from "../screen/progress.ts";
import { safeText } from "../screen/safe-text.ts";
import { type SharingOptions, sharedLimits } from "../setup/allocation.ts";
import { finishRun } from "../setup/finish.ts";
import { planFrom } from "../setup/plan.ts";
import { judgeFrom, providerFrom } from "../setup/provider.ts";
import { type QuestionOptions, questionsFrom } from "../setup/questions.ts";
import { defaultDirectory, openSession } from "../setup/session.ts";
import { stopOnSignals } from "../setup/stop-signals.ts";

export interface RunOptions extends QuestionOptions, SharingOptions {
  readonly dryRun?: boolean;
  readonly reuse?: string;
  readonly extend?: boolean;
  readonly retryFailed?: boolean;
}

/** Decides a file of questions. */
export async function run(path: string | undefined, options: RunOptions): Promise<number> {
  const voice = { say: (line: string): void => void process.stderr.write(`${line}\n`) };
  const warn = (message: string): void => voice.say(`warning: ${safeText(message)}`);
  const provider = await providerFrom(options, warn);
  let judge: Provider | undefined;
  try {
    judge = await judgeFrom(options, warn);
    const questions = await questionsFrom(path, options);
    try {
      return await decideAll(options, { provider, ...(judge !== undefined && { judge }) }, questions, voice);
    } finally {
      await questions.close();
    }
  } finally {
    await provider.close();
    await judge?.close();
  }
}

async function decideAll(
  options: RunOptions,
  { provider, judge }: { readonly provider: Provider; readonly judge?: Provider },
  questions: QuestionSource,
  /** Speaks through the progress line once there is one. */
  voice: { say: (line: string) => void },
): Promise<number> {
  const told = {
    say: (note: string) => voice.say(`note: ${safeText(note)}`),
    warn: (message: string) => voice.say(`warning: ${safeText(message)}`),
  };
  const own = await planFrom(options, provider, questions, told, judge);
  const plan = { ...own, limits: { ...own.limits, ...sharedLimits(options) } };

  if (options.dryRun === true) {
    const { printEstimate } = await import("./dry-run.ts");
    await printEstimate({
      plan,
      provider,
      ...(judge !== undefined && { judge }),
      questions,
      asJson: options.json === true,
    });
    return exitCodes.allDecided;
  }

  const out = options.out ?? defaultDirectory(questions, plan, provider);
  const session = await openSession({
    options,
    plan,
    provider,
    ...(judge !== undefined && { judge }),
    questions,
    out,
    ...(options.reuse !== undefined && { reuse: options.reuse }),
    extend: options.extend === true,
    retryFailed: options.retryFailed === true,
    warn: (message) => voice.say(`warning: ${safeText(message)}`),
  });
  const already = session.directory.decisions.decidedCount;
  if (already > 0) voice.say(`Going on with ${out}: ${already} of ${questions.length} questions are decided.`);

  const handle = await new LocalPool().submit(session);
  const screen = watchProgress(() => handle.progress());
  voice.say = screen.say;
  const unhook = stopOnSignals(handle, screen.say);
  const result = await handle.result;
  unhook();
  screen.stop();
  await session.close();
  return finishRun({ out, result, budgetUsd: plan.limits.budgetUsd, asJson: options.json === true });
}
