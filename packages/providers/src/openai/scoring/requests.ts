import { addUsage, type KnownOrUnknown, type Usage, type Usd } from "@quorate/core";
import { listenForAbort, stopListening } from "../../abort-listeners.ts";
import type { Attempt, CallContext, ScoreOutcome } from "../../contract.ts";
import { usageCostUsd } from "../../prices/cost.ts";
import { highestPricesUpTo } from "../../prices/model-price.ts";
import type { ChatModel } from "../attempts.ts";
import { failsForAll, isThrottling, mayBeBilled, verdictOf } from "../classify-failure.ts";
import { describeFailure } from "../failure.ts";
import { readUsage } from "../parse-completion.ts";
import { backoffMs, spreadMs } from "../retry-delay.ts";
import type { Reply } from "../transport.ts";
import type { Fields, ScoringServer } from "./dialect.ts";

/** Ends a score before there was one. */
export class ScoringEnded extends Error {
  readonly outcome: Exclude<ScoreOutcome, { kind: "scores" }>;
  constructor(outcome: Exclude<ScoreOutcome, { kind: "scores" }>) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

const noSamples: readonly number[] = [];

/** The requests of one score, one after the other, each with its slot, its entry in the ledger and its retries. */
export class ScoringRequests implements ScoringServer {
  readonly #model: ChatModel;
  readonly #context: CallContext;
  #controller = new AbortController();
  /** Something of it was paid for: from then on a last call lets it come to its end. */
  #isPaidFor = false;
  #isClosed = false;
  #isLastCall = false;
  #usage: Usage | undefined;
  #costUsd: Usd | undefined;
  readonly #onAbort = (): void => this.#stop(this.#context.signal.reason);
  readonly #onLastCall = (): void => {
    this.#isLastCall = true;
    if (!this.#isPaidFor) this.#stop(this.#context.lastCall?.reason);
  };

  constructor(model: ChatModel, context: CallContext) {
    this.#model = model;
    this.#context = context;
    const { signal, lastCall } = context;
    if (signal.aborted) this.#onAbort();
    else listenForAbort(signal, this.#onAbort);
    if (lastCall?.aborted === true) this.#onLastCall();
    else if (lastCall !== undefined) listenForAbort(lastCall, this.#onLastCall);
  }

  get model(): string {
    return this.#model.model;
  }

  /** Of what succeeded so far. */
  get paid(): { readonly usage: Usage | undefined; readonly costUsd: Usd | undefined } {
    return { usage: this.#usage, costUsd: this.#costUsd };
  }

  close(): void {
    stopListening(this.#context.signal, this.#onAbort);
    if (this.#context.lastCall !== undefined) stopListening(this.#context.lastCall, this.#onLastCall);
  }

  look(path: string, body: object): Promise<Fields> {
    return this.#pursue(path, body, undefined);
  }

  compute(path: string, body: object, bound: { inputTokens: number; outputTokens: number }): Promise<Fields> {
    return this.#pursue(path, body, this.#worstCaseUsd(bound));
  }

  #stop(reason: unknown): void {
    this.#isClosed = true;
    this.#controller.abort(reason);
  }

  #worstCaseUsd({ inputTokens, outputTokens }: { inputTokens: number; outputTokens: number }): KnownOrUnknown {
    const { price } = this.#model;
    if (price === "unknown") return "unknown";
    const highest = highestPricesUpTo(price, inputTokens);
    const input = Math.max(highest.inputUsdPerMillion, highest.cacheWriteUsdPerMillion ?? 0);
    return (inputTokens * input + outputTokens * highest.outputUsdPerMillion) / 1e6;
  }

  async #pursue(path: string, body: object, worstCaseUsd: KnownOrUnknown | undefined): Promise<Fields> {
    const { clock, random } = this.#context;
    const text = JSON.stringify(body);
    const beganMs = clock.now();
    for (let attempt = 1; ; attempt++) {
      const reply = await this.#attempt(path, text, worstCaseUsd);
      if (reply.kind === "body") return reply.body as Fields;
      if (reply.kind === "cancelled") throw new ScoringEnded({ kind: "cancelled" });
      const verdict = verdictOf(reply);
      const isLast = attempt === this.#model.maxAttempts || this.#isLastCall;
      if (isLast || verdict.kind === "fatal" || verdict.kind === "changed-request") {
        const detail = `${describeFailure(reply)} (${path})`;
        const latencyMs = clock.now() - beganMs;
        throw new ScoringEnded({ kind: "failed", detail, latencyMs, ...(failsForAll(reply) && { forAll: true }) });
      }
      const asked = verdict.kind === "retry-after" ? spreadMs(verdict.delayMs, random) : backoffMs(attempt, random);
      await this.#untilStopped(() => clock.sleep(asked, this.#controller.signal));
    }
  }

  async #attempt(path: string, text: string, worstCaseUsd: KnownOrUnknown | undefined): Promise<Reply> {
    const { limiter, ledger } = this.#context;
    const release = await this.#untilStopped(() => limiter.acquire(this.#controller.signal));
    try {
      const attempt = worstCaseUsd === undefined ? undefined : await ledger.open({ samples: noSamples, worstCaseUsd });
      if (this.#isClosed) {
        if (attempt !== undefined && attempt !== "unaffordable") attempt.release("cancelled before it left");
        throw new ScoringEnded({ kind: "cancelled" });
      }
      if (attempt === "unaffordable") throw new ScoringEnded({ kind: "unaffordable" });
      if (attempt !== undefined) this.#isPaidFor = true;
      const reply = await this.#model.transport.send(text, this.#controller, path);
      if (attempt !== undefined) this.#end(attempt, reply);
      if (reply.kind === "body") limiter.succeeded();
      else if (isThrottling(reply)) limiter.throttled();
      // Timeouts abort the controller, and it is no use afterwards.
      if (reply.kind !== "body" && !this.#isClosed) this.#controller = new AbortController();
      return reply;
    } finally {
      release();
    }
  }

  #end(attempt: Attempt, reply: Reply): void {
    if (reply.kind !== "body") {
      const why = describeFailure(reply);
      if (mayBeBilled(reply)) attempt.presume(why);
      else attempt.release(why);
      return;
    }
    const usage = usageIn(reply.body as Fields);
    if (usage === undefined) {
      attempt.presume("the reply does not say what it used");
      return;
    }
    const { price } = this.#model;
    const usd = price === "unknown" ? undefined : usageCostUsd(usage, price);
    attempt.settle(usage, usd);
    this.#usage = this.#usage === undefined ? usage : addUsage(this.#usage, usage);
    if (usd !== undefined) this.#costUsd = (this.#costUsd ?? 0) + usd;
  }

  async #untilStopped<Result>(wait: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new ScoringEnded({ kind: "cancelled" });
    try {
      return await wait();
    } catch (error) {
      if (this.#controller.signal.aborted) throw new ScoringEnded({ kind: "cancelled" });
      throw error;
    }
  }
}

/** As OpenAI's servers say it, or as llama-server does. Prefill alone generates nothing. */
function usageIn({ usage, tokens_evaluated: evaluated, tokens_predicted: predicted }: Fields): Usage | undefined {
  if (typeof evaluated === "number" && typeof predicted === "number") {
    return readUsage({ prompt_tokens: evaluated, completion_tokens: predicted });
  }
  const told = usage as (Parameters<typeof readUsage>[0] & object) | null | undefined;
  return readUsage(told == null ? told : { completion_tokens: 0, ...told });
}
