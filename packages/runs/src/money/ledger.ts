import {
  type Account,
  type KnownOrUnknown,
  leftUsd,
  presume,
  release,
  reserve,
  settle,
  type Usage,
  type Usd,
} from "@quorate/core";
import type { Attempt, AttemptLedger } from "@quorate/providers";
import type { LineSink } from "../storage/append-log.ts";
import { intentLine, presumedLine, releasedLine, settledLine } from "./ledger-line.ts";
import type { RecoveredLedger } from "./recover.ts";
import { releaseSamples, reserveSamples, type SampleTotal, spendSamples } from "./sample-total.ts";

/** What bounds what may be owed; absent is without limit. */
export interface LedgerLimits {
  readonly budgetUsd?: Usd;
  readonly totalSamples?: number;
}

interface Waiting {
  readonly worstCaseUsd: KnownOrUnknown;
  readonly samples: number;
  readonly admit: (fits: boolean) => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * The ledger of one process: money is set aside and the intent is safe before an attempt leaves. Attempts that do not fit
 * wait in line while others in flight may give money back; once nothing is in flight, what does not fit never will.
 */
export class Ledger {
  readonly #log: LineSink;
  #account: Account;
  #samples: SampleTotal;
  #nextAttempt: number;
  #unpricedCount: number;
  #presumedCount: number;
  readonly #waiting: Waiting[] = [];

  constructor(log: LineSink, recovered: RecoveredLedger, { budgetUsd, totalSamples }: LedgerLimits) {
    this.#log = log;
    this.#nextAttempt = recovered.nextAttempt;
    this.#unpricedCount = recovered.unpricedCount;
    this.#presumedCount = recovered.presumedCount;
    this.#account = { ...recovered.account, ...(budgetUsd !== undefined && { budgetUsd }) };
    this.#samples = { ...recovered.samples, ...(totalSamples !== undefined && { total: totalSamples }) };
    for (const [attempt, { worstCaseUsd, samples }] of recovered.unfinished) {
      this.#presume(attempt, worstCaseUsd, samples, "the process ended while it was in flight");
    }
  }

  get account(): Account {
    return this.#account;
  }

  get leftUsd(): Usd {
    return leftUsd(this.#account);
  }

  /** Samples that may have been billed. */
  get spentSamples(): number {
    return this.#samples.spent;
  }

  /** Attempts whose cost nobody knows, because the model has no price. */
  get unpricedCount(): number {
    return this.#unpricedCount;
  }

  get presumedCount(): number {
    return this.#presumedCount;
  }

  flushed(): Promise<void> {
    return this.#log.flushed();
  }

  /** The ledger as one question's requests see it. */
  forQuestion(question: number): AttemptLedger {
    return { open: (intent) => this.#open(question, intent.samples, intent.worstCaseUsd) };
  }

  /** The same for a request that asks about samples: it buys none. */
  forCall(question: number, key: string): AttemptLedger {
    return { open: (intent) => this.#open(question, [], intent.worstCaseUsd, key) };
  }

  async #open(
    question: number,
    samples: readonly number[],
    worstCaseUsd: KnownOrUnknown,
    call?: string,
  ): Promise<Attempt | "unaffordable"> {
    const count = samples.length;
    if (!(this.#reserve(worstCaseUsd, count) ?? (await this.#turn(worstCaseUsd, count)))) return "unaffordable";
    const attempt = this.#nextAttempt;
    this.#nextAttempt += 1;
    this.#write(intentLine(attempt, question, samples, worstCaseUsd, call));
    try {
      await this.#log.flushed();
    } catch (error) {
      throw this.#break(error);
    }
    return {
      settle: (usage: Usage, usd: Usd | undefined) => {
        if (usd === undefined) this.#unpricedCount += 1;
        this.#write(settledLine(attempt, usage, usd));
        this.#move(settle(this.#account, worstCaseUsd, usd ?? 0), spendSamples(this.#samples, count));
      },
      presume: (why) => this.#presume(attempt, worstCaseUsd, count, why),
      release: (why) => {
        this.#write(releasedLine(attempt, why));
        this.#move(release(this.#account, worstCaseUsd), releaseSamples(this.#samples, count));
      },
    };
  }

  /** True: set aside. False: never. Undefined: not now. Nobody overtakes those who wait. */
  #reserve(worstCaseUsd: KnownOrUnknown, samples: number): boolean | undefined {
    if (this.#waiting.length > 0) return undefined;
    return this.#tryReserve(worstCaseUsd, samples);
  }

  #tryReserve(worstCaseUsd: KnownOrUnknown, samples: number): boolean | undefined {
    const account = reserve(this.#account, worstCaseUsd);
    const count = reserveSamples(this.#samples, samples);
    if (account === "never" || count === "never") return false;
    if (account === "later" || count === "later") return undefined;
    this.#account = account;
    this.#samples = count;
    return true;
  }

  #turn(worstCaseUsd: KnownOrUnknown, samples: number): Promise<boolean> {
    return new Promise((admit, refuse) => this.#waiting.push({ worstCaseUsd, samples, admit, refuse }));
  }

  #write(line: string): void {
    try {
      this.#log.append(line);
    } catch (error) {
      throw this.#break(error);
    }
  }

  /** What cannot be written down cannot be given back, so those who wait for money would wait for ever. */
  #break(error: unknown): unknown {
    for (const { refuse } of this.#waiting.splice(0)) refuse(error);
    return error;
  }

  #presume(attempt: number, worstCaseUsd: KnownOrUnknown, samples: number, why: string): void {
    this.#presumedCount += 1;
    this.#write(presumedLine(attempt, why));
    this.#move(presume(this.#account, worstCaseUsd), spendSamples(this.#samples, samples));
  }

  #move(account: Account, samples: SampleTotal): void {
    this.#account = account;
    this.#samples = samples;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const fits = this.#tryReserve(first.worstCaseUsd, first.samples);
      if (fits === undefined) return;
      this.#waiting.shift();
      first.admit(fits);
    }
  }
}
