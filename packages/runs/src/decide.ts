import type { CustomGrader } from "@quorate/answers";
import { fitPolicy, signalsFrom } from "@quorate/confidence";
import { openAccount, type Policy, presetNamed, type Question, QuorateError, type Usd } from "@quorate/core";
import {
  AdaptiveLimiter,
  messagesFor,
  type PromptOptions,
  type Provider,
  seededRandom,
  systemClock,
} from "@quorate/providers";
import { askableModels, promptingFor, requireOptions } from "./engine/elicitation.ts";
import { type Engine, gradersFor, policyParts } from "./engine/engine.ts";
import type { RunEvent } from "./engine/events.ts";
import { type FollowUpPlan, followUpPlan } from "./engine/follow-up-plan.ts";
import { runQuestion } from "./engine/question-run.ts";
import { RefusalWatch } from "./engine/refusal.ts";
import { worstFollowUpUsd } from "./estimate/follow-up-usd.ts";
import { Ledger } from "./money/ledger.ts";
import type { RecoveredLedger } from "./money/recover.ts";
import { noSamples } from "./money/sample-total.ts";
import type { GradingPlan, RunPlan } from "./plan.ts";
import type { DecisionLine } from "./storage/decision-line.ts";

export interface DecideOptions {
  readonly provider: Provider;
  readonly question: Question;
  /** Another model, for policies that have samples judged. */
  readonly judge?: Provider;
  /** A policy, or the name of a preset. @default "quorate" */
  readonly policy?: Policy | string;
  /** Samples of the full vote. @default 16 */
  readonly maxSamples?: number;
  /** Generated tokens of one sample; with `budgetUsd` it is needed. */
  readonly maxTokens?: number;
  /** Never exceeded. Needs a known price. */
  readonly budgetUsd?: Usd;
  /** Requests in flight at most. @default 16 */
  readonly concurrency?: number;
  readonly temperature?: number;
  /** Of all that is random. @default 1 */
  readonly seed?: number;
  /** @default as the provider's model wants to be asked */
  readonly prompting?: PromptOptions;
  readonly grading?: Omit<GradingPlan, "graderPath">;
  /** For questions of kind `custom`. */
  readonly customGrader?: CustomGrader;
  /** Drops what is in flight; the best answer so far comes back, marked `interim`. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Decides one question in memory, by the same steps as a run: nothing is written, so nothing survives a crash.
 *
 * @example
 * const { answer, support } = await decide({ provider, question: { id: "sum", kind: "number", text: "What is 6 × 7?" } });
 */
export async function decide(options: DecideOptions): Promise<DecisionLine> {
  const {
    provider,
    judge,
    question,
    policy = "quorate",
    maxSamples = 16,
    concurrency = 16,
    seed = 1,
    grading = {},
  } = options;
  const { maxTokens, budgetUsd, temperature, prompting = provider.prompting ?? {} } = options;
  const given = typeof policy === "string" ? presetNamed(policy) : policy;
  const available = signalsFrom(provider.can, given.confidence);
  const askable = askableModels(provider, judge);
  const fitted = fitPolicy(given, available, provider.id, provider.confidence, askable).policy;
  requireOptions(fitted, question);
  const plan: RunPlan = {
    policy: fitted,
    prompting: promptingFor(fitted, prompting),
    grading,
    ...(temperature !== undefined && { temperature }),
    seed,
    limits: { maxSamples, concurrency, speculate: 0, ...(maxTokens !== undefined && { maxTokens }) },
    keepTokens: false,
    durability: "os",
  };
  const refusals = new RefusalWatch(provider);
  let error: QuorateError | undefined;
  const signal = options.signal ?? new AbortController().signal;
  const endsRun = (outcome: Parameters<RefusalWatch["errorIn"]>[0], watch = refusals): boolean => {
    error ??= watch.errorIn(outcome);
    return error !== undefined;
  };
  const limiter = new AdaptiveLimiter({ max: concurrency, clock: systemClock });
  const followUp = followUpPlan(fitted, provider, judge);
  requireKnownCost(options, plan, followUp);
  const judgeRefusals = new RefusalWatch(judge ?? provider);
  const engine: Engine = {
    plan,
    provider,
    ...policyParts(fitted),
    journal: nowhere,
    ledger: new Ledger(nowhere, nothingSpent, budgetUsd === undefined ? {} : { budgetUsd }),
    limiter,
    ...(followUp !== undefined && {
      followUps: { ...followUp, limiter, endsRun: (outcome) => endsRun(outcome, judgeRefusals) },
    }),
    clock: systemClock,
    random: seededRandom(seed, "run"),
    signal,
    lastCall: signal,
    auditOf: () => undefined,
    graderFor: gradersFor(grading, options.customGrader),
    reusable: () => Promise.resolve([]),
    stopping: () => (signal.aborted || error !== undefined ? "cancelled" : undefined),
    endsRun: (outcome) => endsRun(outcome),
    emit: (event) => options.onEvent?.(event),
  };
  const { decision } = await runQuestion(engine, 0, question);
  if (error !== undefined) throw error;
  return decision;
}

function requireKnownCost(
  { provider, question, maxTokens, budgetUsd }: DecideOptions,
  { prompting, limits }: RunPlan,
  followUp: FollowUpPlan | undefined,
): void {
  if (budgetUsd === undefined) return;
  const messages = messagesFor(question, prompting);
  const request = { question, messages, signals: [], keepTokens: false, ...(maxTokens !== undefined && { maxTokens }) };
  const isKnown = provider.worstCaseUsd(request, 1) !== "unknown";
  const asked = followUp === undefined ? 0 : worstFollowUpUsd(followUp, request, limits.maxSamples);
  if (isKnown && asked !== "unknown") return;
  const unpriced = isKnown ? (followUp?.asked ?? provider) : provider;
  throw new QuorateError({
    code: maxTokens === undefined ? "bad-option" : "unknown-price",
    what: "A budget can only be kept with `maxTokens` and a known price.",
    hint:
      maxTokens === undefined ? "Give `maxTokens`." : `Give the price of ${unpriced.id} to the provider as \`prices\`.`,
  });
}

const nowhere = {
  append: () => {},
  appendCall: () => {},
  appendFollowUp: () => {},
  earlierCalls: () => Promise.resolve([]),
  flushed: () => Promise.resolve(),
  earlierSamples: () => Promise.resolve([]),
};

const nothingSpent: RecoveredLedger = {
  account: openAccount(),
  samples: noSamples,
  nextAttempt: 0,
  unfinished: new Map(),
  presumedCount: 0,
  unpricedCount: 0,
};
