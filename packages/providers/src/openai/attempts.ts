import type { Usd } from "@quorate/core";
import type { Attempt, CallContext, SampleOutcome, SampleRequest } from "../contract.ts";
import { type CostBound, costBound, usageCostUsd } from "../prices/cost.ts";
import type { ModelPrice } from "../prices/model-price.ts";
import { isThrottling, mayBeBilled } from "./classify-failure.ts";
import { describeFailure, type Failure } from "./failure.ts";
import { type Completion, parseCompletion } from "./parse-completion.ts";
import { RequestBodies } from "./request-body.ts";
import type { RequestShape } from "./request-shape.ts";
import { sampleOutcomes } from "./sample-outcomes.ts";
import type { Reply, Transport } from "./transport.ts";

/** What all waves of one model share. */
export interface ChatModel {
  readonly model: string;
  readonly transport: Transport;
  readonly shape: RequestShape;
  readonly price: ModelPrice | "unknown";
  readonly extraBody: Readonly<Record<string, unknown>>;
  /** Bound of the prompt tokens that the extra body may bring. */
  readonly extraTokens: number;
  /** Attempts in a row without a single sample before giving up. */
  readonly maxAttempts: number;
}

/** How an attempt ended. `sentVersion` is the shape of the request that left. */
export type AttemptEnd =
  | { readonly kind: "cancelled" }
  | { readonly kind: "unaffordable" }
  | { readonly kind: "answered"; readonly outcomes: readonly SampleOutcome[]; readonly sentVersion: number }
  | { readonly kind: "failed"; readonly failure: Failure; readonly sentVersion: number };

/** Requests for samples of one prompt, each with its slot and its entry in the ledger. */
export class Attempts {
  readonly #model: ChatModel;
  readonly #request: SampleRequest;
  readonly #context: CallContext;
  readonly #bound: CostBound | "unknown";
  /** One for whatever is under way: a wait for a slot, a request, a pause. Making one is dear, so they are not layered. */
  readonly #active = new Set<AbortController>();
  /** Of these, whatever has not left: a wait for a slot, a pause before a retry. */
  readonly #unsent = new Set<AbortController>();
  #isCancelled = false;
  #bodies: RequestBodies;
  #bodiesVersion: number;

  constructor(model: ChatModel, request: SampleRequest, context: CallContext) {
    this.#model = model;
    this.#request = request;
    this.#context = context;
    this.#bound = costBound(request, model.price, model.extraTokens);
    this.#bodiesVersion = model.shape.version;
    this.#bodies = new RequestBodies(model.model, model.extraBody, request, model.shape.can);
  }

  /** Ends what is under way and lets nothing more leave. */
  cancel(reason: unknown): void {
    this.#isCancelled = true;
    for (const controller of this.#active) controller.abort(reason);
  }

  /** Lets nothing more leave; what is under way goes on. */
  closeDoor(reason: unknown): void {
    this.#isCancelled = true;
    for (const controller of this.#unsent) controller.abort(reason);
  }

  /** The slot is free only when everything has ended. */
  async run(indexes: readonly number[], isFirst: boolean): Promise<AttemptEnd> {
    if (this.#isCancelled) return { kind: "cancelled" };
    const { limiter, ledger } = this.#context;
    const controller = new AbortController();
    const { signal } = controller;
    this.#active.add(controller);
    this.#unsent.add(controller);
    let release: (() => void) | undefined;
    try {
      release = await limiter.acquire(signal);
      const attempt = await ledger.open({ samples: indexes, worstCaseUsd: this.#worstCaseUsd(indexes.length) });
      if (attempt === "unaffordable") return signal.aborted ? { kind: "cancelled" } : { kind: "unaffordable" };
      if (signal.aborted) {
        attempt.release("cancelled before it left");
        return { kind: "cancelled" };
      }
      this.#unsent.delete(controller);
      return await this.#send(indexes, attempt, isFirst, controller);
    } catch (error) {
      if (release === undefined && signal.aborted) return { kind: "cancelled" };
      throw error;
    } finally {
      this.#active.delete(controller);
      this.#unsent.delete(controller);
      release?.();
    }
  }

  /** False when it was cancelled before its end. */
  async pause(ms: number): Promise<boolean> {
    if (this.#isCancelled) return false;
    const controller = new AbortController();
    this.#active.add(controller);
    this.#unsent.add(controller);
    try {
      await this.#context.clock.sleep(ms, controller.signal);
      return true;
    } catch (error) {
      if (controller.signal.aborted) return false;
      throw error;
    } finally {
      this.#active.delete(controller);
      this.#unsent.delete(controller);
    }
  }

  async #send(
    indexes: readonly number[],
    attempt: Attempt,
    isFirst: boolean,
    controller: AbortController,
  ): Promise<AttemptEnd> {
    const { clock, limiter } = this.#context;
    const sentMs = clock.now();
    const body = this.#bodyFor(indexes);
    const sentVersion = this.#bodiesVersion;
    const reply = await this.#model.transport.send(body, controller);

    if (reply.kind === "cancelled") {
      attempt.presume(describeFailure(reply));
      return reply;
    }
    const completion = this.#read(reply);
    if ("kind" in completion) {
      const why = describeFailure(completion);
      if (mayBeBilled(completion)) attempt.presume(why);
      else attempt.release(why);
      if (isThrottling(completion)) limiter.throttled();
      return { kind: "failed", failure: completion, sentVersion };
    }
    const { price } = this.#model;
    const { usage } = completion;
    if (usage === undefined) attempt.presume("the reply does not say what it used");
    else attempt.settle(usage, price === "unknown" ? undefined : usageCostUsd(usage, price));
    const choices = completion.choices.slice(0, indexes.length);
    if (isFirst && choices.length === indexes.length) limiter.succeeded();
    return { kind: "answered", outcomes: sampleOutcomes(choices, usage, price, clock.now() - sentMs), sentVersion };
  }

  #read(reply: Reply): Completion | Failure {
    if (reply.kind !== "body") return reply;
    const { keepTokens, topLogprobs } = this.#request;
    const completion = parseCompletion(reply.body, keepTokens || topLogprobs !== undefined);
    return completion ?? { kind: "unreadable", message: "it is no chat completion" };
  }

  #worstCaseUsd(samples: number): Usd | "unknown" {
    return this.#bound === "unknown" ? "unknown" : this.#bound.promptUsd + samples * this.#bound.sampleUsd;
  }

  #bodyFor(indexes: readonly number[]): string {
    const { shape, model, extraBody } = this.#model;
    if (shape.version !== this.#bodiesVersion) {
      this.#bodies = new RequestBodies(model, extraBody, this.#request, shape.can);
      this.#bodiesVersion = shape.version;
    }
    return this.#bodies.forSamples(indexes);
  }
}
