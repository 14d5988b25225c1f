import type { Provider } from "@quorate/providers";
import { LocalPool, type QuestionSource } from "@quorate/runs";
import { exitCodes } from "../exit-codes.ts";
import { watchProgress } from "../screen/progress.ts";
import { safeText } from "../screen/safe-text.ts";
import { type SharingOptions, sharedLimits } from "../setup/allocation.ts";
import { finishRun } from "../setup/finish.ts";
import { planFrom } from "../setup/plan.ts";
import { providerFrom } from "../setup/provider.ts";
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
  const provider = await providerFrom(options, (message) => voice.say(`warning: ${safeText(message)}`));
  try {
    const questions = await questionsFrom(path, options);
    try {
      return await decideAll(options, provider, questions, voice);
    } finally {
      await questions.close();
    }
  } finally {
    await provider.close();
  }
}

async function decideAll(
  options: RunOptions,
  provider: Provider,
  questions: QuestionSource,
  /** Speaks through the progress line once there is one. */
  voice: { say: (line: string) => void },
): Promise<number> {
  const own = await planFrom(options, provider, questions, {
    say: (note) => voice.say(`note: ${safeText(note)}`),
    warn: (message) => voice.say(`warning: ${safeText(message)}`),
  });
  const plan = { ...own, limits: { ...own.limits, ...sharedLimits(options) } };

  if (options.dryRun === true) {
    const { printEstimate } = await import("./dry-run.ts");
    await printEstimate({ plan, provider, questions, asJson: options.json === true });
    return exitCodes.allDecided;
  }

  const out = options.out ?? defaultDirectory(questions, plan, provider);
  const session = await openSession({
    options,
    plan,
    provider,
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
