import { setMaxListeners } from "node:events";
import { allocatorNamed, compilePolicy, fullVoteOf, isQuorateError, type Limit, QuorateError } from "@quorate/core";
import { AdaptiveLimiter, type Provider, type SampleOutcome, type ScoreOutcome } from "@quorate/providers";
import PQueue from "p-queue";
import { isChosenForAudit } from "../engine/audit-choice.ts";
import { type Admission, type Engine, gradersFor, policyParts } from "../engine/engine.ts";
import { EventFeed } from "../engine/event-feed.ts";
import type { RunEnding } from "../engine/events.ts";
import { followUpPlan } from "../engine/follow-up-plan.ts";
import { runQuestion } from "../engine/question-run.ts";
import { RefusalWatch } from "../engine/refusal.ts";
import { reusableSamples } from "../engine/reusable.ts";
import type { DecisionLine } from "../storage/decision-line.ts";
import type { LocalRun } from "./local-run.ts";
import type { Pool, Progress, RunHandle, RunResult } from "./pool.ts";
import { SharedBudget } from "./shared-budget.ts";

export interface LocalPoolOptions {
  /**
   * Questions that share a budget at a time; of a longer run, each so many get their part of the total, in input order. All
   * of them are kept in memory, some seven kilobytes each. @default 10,000
   */
  readonly questionsSharing?: number;
}

/** Runs in this process, over p-queue with a small window: a million questions are never queued at once. */
export class LocalPool implements Pool {
  readonly #questionsSharing: number;
  readonly #runs = new Map<string, LocalRunHandle>();
  /** Runs of one account share what its server bears. */
  readonly #limiters = new Map<string, AdaptiveLimiter>();

  constructor({ questionsSharing = 10_000 }: LocalPoolOptions = {}) {
    this.#questionsSharing = questionsSharing;
  }

  submit(run: LocalRun): Promise<RunHandle> {
    const limiterFor = ({ account }: Provider): AdaptiveLimiter => {
      const limiter =
        this.#limiters.get(account) ?? new AdaptiveLimiter({ max: run.plan.limits.concurrency, clock: run.clock });
      this.#limiters.set(account, limiter);
      return limiter;
    };
    const handle = new LocalRunHandle(run, limiterFor, this.#questionsSharing);
    this.#runs.set(handle.id, handle);
    return Promise.resolve(handle);
  }

  attach(runId: string): Promise<RunHandle> {
    const handle = this.#runs.get(runId);
    if (handle !== undefined) return Promise.resolve(handle);
    const known = [...this.#runs.keys()].join(", ") || "none";
    return Promise.reject(
      new QuorateError({ code: "not-found", what: `There is no run ${runId} here.`, hint: `Runs: ${known}.` }),
    );
  }

  async close(): Promise<void> {
    const handles = [...this.#runs.values()];
    for (const handle of handles) handle.cancel("now");
    await Promise.all(handles.map((handle) => handle.result));
  }
}

class LocalRunHandle implements RunHandle {
  readonly id: string;
  readonly result: Promise<RunResult>;
  readonly #run: LocalRun;
  readonly #limiterFor: (provider: Provider) => AdaptiveLimiter;
  readonly #feed = new EventFeed();
  readonly #aborting = new AbortController();
  readonly #lastCall = new AbortController();
  readonly #startedAtMs: number;
  readonly #engine: Engine;
  readonly #queue: PQueue;
  readonly #refusals: RefusalWatch;
  readonly #questionsSharing: number;
  #share: SharedBudget | undefined;
  /** Called when the question that is being started waits for its first grant. */
  #onAsked: () => void = () => {};
  #leftOpen = false;
  #limit: Limit | undefined;
  #error: unknown;
  #decidedNow = 0;
  #failedNow = 0;
  #inFlight = 0;
  #samples = 0;
  #saved = 0;

  constructor(run: LocalRun, limiterFor: (provider: Provider) => AdaptiveLimiter, questionsSharing: number) {
    this.#run = run;
    this.#questionsSharing = questionsSharing;
    this.#limiterFor = limiterFor;
    this.id = run.directory.path;
    this.#startedAtMs = run.clock.now();
    // Every request in flight listens to the one signal of the run.
    setMaxListeners(0, this.#aborting.signal);
    this.#refusals = new RefusalWatch(run.provider);
    this.#queue = new PQueue({ concurrency: run.plan.limits.concurrency });
    this.#engine = this.#makeEngine();
    this.result = this.#carryOut();
  }

  events(afterCursor: number): ReturnType<EventFeed["after"]> {
    return this.#feed.after(afterCursor);
  }

  cancel(how: "finish" | "now"): void {
    this.#limit ??= "cancelled";
    this.#share?.close();
    this.#lastCall.abort(new Error("the run is ending"));
    if (how === "now") this.#aborting.abort(new Error("the run was cancelled"));
  }

  progress(): Progress {
    const { directory, questions, clock } = this.#run;
    const { recordedUsd, presumedUsd, reservedUsd, budgetUsd } = directory.ledger.account;
    return {
      questions: questions.length,
      decided: directory.decisions.decidedCount,
      decidedNow: this.#decidedNow,
      failedNow: this.#failedNow,
      questionsInFlight: this.#share?.wavesUnderWay ?? this.#inFlight,
      samples: this.#samples,
      savedSamples: this.#saved,
      recordedUsd,
      presumedUsd,
      reservedUsd,
      ...(budgetUsd !== undefined && { leftUsd: directory.ledger.leftUsd }),
      elapsedMs: clock.now() - this.#startedAtMs,
    };
  }

  async #carryOut(): Promise<RunResult> {
    const { deadlineMs } = this.#run.plan.limits;
    const timer = deadlineMs === undefined ? undefined : setTimeout(() => this.#meetDeadline(), deadlineMs);
    try {
      if (this.#run.plan.limits.totalSamples === undefined) await this.#feedQueue();
      else await this.#shareOut(this.#run.plan.limits.totalSamples);
      await this.#queue.onIdle();
    } catch (error) {
      this.#fail(error);
      await this.#queue.onIdle();
    } finally {
      clearTimeout(timer);
    }
    const ending: RunEnding = this.#error !== undefined ? "failed" : (this.#limit ?? "completed");
    this.#feed.emit({ type: "run-ended", ending });
    return { ending, ...(this.#error !== undefined && { error: this.#error }), progress: this.progress() };
  }

  async #feedQueue(): Promise<void> {
    const { questions, directory, plan } = this.#run;
    for (let index = 0; index < questions.length; index += 1) {
      if (this.#limit !== undefined) return;
      if (directory.decisions.isDecided(index)) continue;
      if (this.#queue.pending >= plan.limits.concurrency) await this.#queue.onSizeLessThan(1);
      if (this.#limit !== undefined) return;
      // The body reports its own faults, so nothing is left to await here.
      void this.#queue.add(() => this.#decide(index));
    }
  }

  /** Questions in groups that fit into memory, each with its part of what is left. */
  async #shareOut(totalSamples: number): Promise<void> {
    const { questions, directory } = this.#run;
    const spent = (): number => Math.max(directory.ledger.spentSamples, directory.journal.sampleCount);
    let remaining = 0;
    for (let index = 0; index < questions.length; index += 1) {
      if (!directory.decisions.isDecided(index)) remaining += 1;
    }
    let index = 0;
    while (remaining > 0 && this.#limit === undefined) {
      const group: number[] = [];
      for (; index < questions.length && group.length < this.#questionsSharing; index += 1) {
        if (!directory.decisions.isDecided(index)) group.push(index);
      }
      const part = Math.floor((Math.max(0, totalSamples - spent()) * group.length) / remaining);
      const end = spent() + part;
      remaining -= group.length;
      await this.#decideTogether(group, () => end - spent());
    }
    if (this.#leftOpen) this.#limit ??= "budget";
  }

  async #decideTogether(group: readonly number[], left: () => number): Promise<void> {
    const { concurrency, allocate = "value" } = this.#run.plan.limits;
    const share = new SharedBudget({ allocator: allocatorNamed(allocate)!, concurrency, left });
    this.#share = share;
    const deciding: Promise<void>[] = [];
    for (const index of group) {
      if (this.#limit !== undefined) break;
      const decided = this.#decide(index);
      deciding.push(decided);
      await Promise.race([decided, new Promise<void>((resolve) => (this.#onAsked = resolve))]);
    }
    if (this.#limit === undefined) share.open();
    else share.close();
    await Promise.all(deciding);
  }

  async #decide(index: number): Promise<void> {
    if (this.#limit !== undefined) return;
    this.#inFlight += 1;
    try {
      const question = await this.#run.questions.at(index);
      const { decision, auditEndedBy } = await runQuestion(this.#engine, index, question);
      if (auditEndedBy === "budget") this.#limit ??= "budget";
      await this.#note(index, decision);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #note(index: number, decision: DecisionLine): Promise<void> {
    const { decisions } = this.#run.directory;
    if (decision.interim === true) {
      if (decision.reason === "budget") this.#noteBudget();
      // Stopped by hand, a question is simply not decided yet.
      if (decision.reason === "cancelled") return;
    }
    await decisions.append(index, decision);
    this.#feed.emit({ type: "question-decided", question: index, decision });
    if (decision.interim === true) return;
    this.#decidedNow += 1;
    if (decision.answer === null) this.#failedNow += 1;
    this.#samples += decision.sampleCount + (decision.speculatedSamples ?? 0);
    this.#saved += decision.savedSamples;
  }

  /** With a share of its own spent, a group of questions ends, and the next one has its own. */
  #noteBudget(): void {
    this.#leftOpen = true;
    if (this.#share?.isClosed === true) return;
    this.#limit ??= "budget";
    this.#share?.close();
  }

  #meetDeadline(): void {
    this.#limit ??= "deadline";
    this.#share?.close();
    this.#aborting.abort(new Error("the deadline came"));
  }

  #fail(error: unknown): void {
    this.#error ??= error;
    this.#limit ??= "cancelled";
    this.#share?.close();
    this.#lastCall.abort(error);
    // What cannot be recorded should not be paid for.
    if (isQuorateError(error) && error.code === "storage-failed") this.#aborting.abort(error);
  }

  #endsRun(outcome: SampleOutcome | ScoreOutcome, refusals = this.#refusals): boolean {
    const error = refusals.errorIn(outcome);
    // Not thrown: what else is in flight ends by itself, and nothing has to be presumed spent.
    if (error !== undefined) this.#fail(error);
    return error !== undefined;
  }

  #makeEngine(): Engine {
    const { plan, provider, directory, clock, random, reuse, customGrader } = this.#run;
    const { auditShare = 0 } = plan.limits;
    const fullVote = compilePolicy(fullVoteOf(plan.policy));
    return {
      plan,
      provider,
      ...policyParts(plan.policy),
      journal: directory.journal,
      ledger: directory.ledger,
      limiter: this.#limiterFor(provider),
      clock,
      random,
      signal: this.#aborting.signal,
      lastCall: this.#lastCall.signal,
      auditOf: (index) => (isChosenForAudit(auditShare, plan.seed, index) ? fullVote : undefined),
      ...this.#followUps(),
      ...(plan.limits.totalSamples !== undefined && { admission: this.#admission() }),
      graderFor: gradersFor(plan.grading, customGrader),
      reusable: (question) => (reuse === undefined ? Promise.resolve([]) : reusableSamples(reuse, question)),
      stopping: () => this.#limit,
      endsRun: (outcome) => this.#endsRun(outcome),
      emit: (event) => this.#feed.emit(event),
    };
  }

  #followUps(): Pick<Engine, "followUps"> {
    const { plan, provider, judge } = this.#run;
    const followUp = followUpPlan(plan.policy, provider, judge);
    if (followUp === undefined) return {};
    // The model is known to answer once it gave a sample; a judge or a scoring endpoint may be wrong all the same.
    const refusals =
      followUp.asked === provider && followUp.how.means !== "score" ? this.#refusals : new RefusalWatch(followUp.asked);
    return {
      followUps: {
        ...followUp,
        limiter: this.#limiterFor(followUp.asked),
        endsRun: (outcome) => this.#endsRun(outcome, refusals),
      },
    };
  }

  #admission(): Admission {
    return {
      grant: (question, samples, state) => {
        const granted = this.#share!.grant(question, samples, state);
        this.#onAsked();
        return granted;
      },
      waveEnded: (samples) => this.#share!.waveEnded(samples),
    };
  }
}
