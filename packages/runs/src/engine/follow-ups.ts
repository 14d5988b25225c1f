import { createHash } from "node:crypto";
import type {
  Answered,
  Asking,
  Call,
  Elicited,
  FollowedSample,
  FollowUpContext,
  Reply,
  Scores,
  Scoring,
} from "@quorate/confidence";
import type { FollowUp, Question, Reading, Sample, Signals, Usage, Usd } from "@quorate/core";
import type {
  CallContext,
  Limiter,
  RecordedCall,
  SampleOutcome,
  SampleRequest,
  ScoreOutcome,
} from "@quorate/providers";
import type { Ledger } from "../money/ledger.ts";
import type { SampleJournal } from "../storage/sample-journal.ts";
import { type FollowUpPlan, shownResponseBytes } from "./follow-up-plan.ts";

/** What the questions of one run share to ask about their samples. */
export interface FollowUpParts extends FollowUpPlan {
  /** Of the account that is asked. */
  readonly limiter: Limiter;
  /** True when the outcome says that no such request can succeed: the run ends, and it is asked again later. */
  endsRun(outcome: SampleOutcome | ScoreOutcome): boolean;
}

export interface FollowUpSurroundings {
  readonly index: number;
  readonly question: Question;
  /** What the model was sent for each sample. */
  readonly request: SampleRequest;
  readonly journal: Pick<SampleJournal, "appendCall" | "appendFollowUp">;
  readonly ledger: Ledger;
  readonly paid: (usage: Usage | undefined, costUsd: Usd | undefined) => void;
}

/** What came first, before there was anything to record. */
type Interruption = "unaffordable" | "cancelled";

class Interrupted extends Error {
  readonly by: Interruption;
  constructor(by: Interruption) {
    super(by);
    this.by = by;
  }
}

/**
 * Asks about the samples of one question. Every reply is journaled before anybody reads it and known by its request, so
 * that equal requests are paid once, within a process and over all that come after it.
 */
export class QuestionFollowUps {
  readonly #parts: FollowUpParts;
  readonly #around: FollowUpSurroundings;
  readonly #calls = new Map<string, Promise<Answered<Reply | Scores>>>();
  readonly #samples = new Map<number, FollowedSample>();

  constructor(parts: FollowUpParts, surroundings: FollowUpSurroundings) {
    this.#parts = parts;
    this.#around = surroundings;
  }

  /** Whether a whole wave has to be there before its samples can be asked about. */
  get needsWave(): boolean {
    return this.#parts.how.when === "wave";
  }

  /** Calls that an earlier process paid for. */
  load(calls: readonly RecordedCall[]): void {
    for (const { key, reply, usage, costUsd } of calls) {
      const result = reply.kind === "reply" ? reply : reply.logprobs;
      this.#calls.set(key, Promise.resolve({ kind: "answered", result }));
      this.#around.paid(usage, costUsd);
    }
  }

  /** What was asked about the sample for this very measurement. */
  recordOf({ followUps = [] }: Sample): FollowUp | undefined {
    return followUps.findLast((one) => this.#isOurs(one));
  }

  /** The sample with its signal, or with the reason why it has none; it is on record. */
  async follow(
    sample: Sample,
    wave: readonly Sample[],
    context: Omit<CallContext, "ledger" | "limiter">,
  ): Promise<Sample | Interruption> {
    const ofWave = wave.flatMap((one) => followed(one));
    for (const one of ofWave) this.#samples.set(one.index, one);
    const [own] = followed(sample);
    if (own === undefined || this.recordOf(sample) !== undefined) return sample;
    try {
      return this.#record(sample, await this.#parts.how.follow(own, this.#contextFor(ofWave, context)));
    } catch (error) {
      if (error instanceof Interrupted) return error.by;
      throw error;
    }
  }

  #contextFor(wave: readonly FollowedSample[], context: Omit<CallContext, "ledger" | "limiter">): FollowUpContext {
    const { question, request } = this.#around;
    const last = Math.max(...wave.map(({ index }) => index));
    return {
      question,
      messages: request.messages,
      mostResponseBytes: shownResponseBytes(request.maxTokens),
      samples: [...this.#samples.values()].filter(({ index }) => index <= last).sort((a, b) => a.index - b.index),
      wave,
      ask: (asking) => this.#once({ kind: "ask", asking }, (key) => this.#ask(key, asking, context)),
      score: (scoring) => this.#once({ kind: "score", scoring }, (key) => this.#score(key, scoring, context)),
    };
  }

  #once<Result extends Reply | Scores>(
    call: Call,
    make: (key: string) => Promise<Answered<Result>>,
  ): Promise<Answered<Result>> {
    const key = createHash("sha256")
      .update(JSON.stringify([this.#parts.asked.id, call]))
      .digest("hex")
      .slice(0, 16);
    const known = this.#calls.get(key);
    // The key holds which kind of call it is, so what is known under it is a reply to that kind.
    if (known !== undefined) return known as Promise<Answered<Result>>;
    const made = make(key);
    this.#calls.set(key, made);
    made.catch(() => this.#calls.delete(key));
    return made;
  }

  async #ask(
    key: string,
    { messages, maxTokens, topLogprobs }: Asking,
    context: Omit<CallContext, "ledger" | "limiter">,
  ): Promise<Answered<Reply>> {
    const { asked } = this.#parts;
    const request: SampleRequest = {
      question: this.#around.question,
      messages,
      maxTokens,
      temperature: 0,
      signals: [],
      keepTokens: topLogprobs !== undefined,
      ...(topLogprobs !== undefined && { topLogprobs }),
    };
    for await (const { outcome } of asked.sample(request, [0], this.#callContext(key, context))) {
      if (outcome.kind !== "response") return this.#failed(outcome);
      this.#parts.endsRun(outcome);
      const { text = "", finishReason, tokens, usage, costUsd, latencyMs } = outcome;
      const reply = { text, finishReason, ...(tokens !== undefined && { tokens }) };
      this.#pay(key, { kind: "reply", ...reply }, usage, costUsd, latencyMs);
      return { kind: "answered", result: reply };
    }
    return { kind: "failed", detail: `${asked.id} gave no reply` };
  }

  async #score(
    key: string,
    scoring: Scoring,
    context: Omit<CallContext, "ledger" | "limiter">,
  ): Promise<Answered<Scores>> {
    const { asked } = this.#parts;
    const request = { question: this.#around.question, ...scoring };
    const outcome = await asked.score?.(request, this.#callContext(key, context));
    if (outcome === undefined) return { kind: "failed", detail: `${asked.id} has no scoring endpoint` };
    if (outcome.kind !== "scores") return this.#failed(outcome);
    this.#parts.endsRun(outcome);
    const { logprobs, usage, costUsd, latencyMs } = outcome;
    this.#pay(key, { kind: "scores", logprobs }, usage, costUsd, latencyMs);
    return { kind: "answered", result: logprobs };
  }

  #callContext(key: string, context: Omit<CallContext, "ledger" | "limiter">): CallContext {
    const { ledger, index } = this.#around;
    return { ...context, ledger: ledger.forCall(index, key), limiter: this.#parts.limiter };
  }

  #failed(outcome: Exclude<SampleOutcome | ScoreOutcome, { kind: "response" | "scores" }>): Answered<never> {
    if (outcome.kind === "unaffordable" || outcome.kind === "cancelled") throw new Interrupted(outcome.kind);
    if (outcome.kind === "exhausted") return { kind: "failed", detail: `${this.#parts.asked.id} gave no reply` };
    if (this.#parts.endsRun(outcome)) throw new Interrupted("cancelled");
    return { kind: "failed", detail: outcome.detail };
  }

  #pay(
    key: string,
    reply: RecordedCall["reply"],
    usage: Usage | undefined,
    costUsd: Usd | undefined,
    latencyMs: number | undefined,
  ): void {
    this.#around.journal.appendCall(this.#around.index, {
      key,
      reply,
      ...(usage !== undefined && { usage }),
      ...(costUsd !== undefined && { costUsd }),
      ...(latencyMs !== undefined && { latencyMs }),
    });
    this.#around.paid(usage, costUsd);
  }

  #record(sample: Sample, elicited: Elicited): Sample {
    const { elicitor, how, asked } = this.#parts;
    const { bounds, detail } = elicited;
    const gap = "gap" in elicited ? elicited.gap : undefined;
    const followUp: FollowUp = {
      elicitor,
      asked: asked.id,
      options: how.options,
      ...(gap !== undefined && { gap }),
      ...(bounds !== undefined && { bounds }),
      ...(detail !== undefined && { detail }),
    };
    const hidden = gap === "censored" ? gap : undefined;
    const reading: Reading | undefined = "signal" in elicited ? elicited.signal : hidden;
    const signals: Signals = reading === undefined ? {} : { [elicitor]: reading };
    this.#around.journal.appendFollowUp(this.#around.index, sample.index, followUp, signals);
    const { [elicitor as keyof Signals]: _, ...others } = sample.signals;
    return { ...sample, signals: { ...others, ...signals }, followUps: [...(sample.followUps ?? []), followUp] };
  }

  #isOurs({ elicitor, asked, options }: FollowUp): boolean {
    const { elicitor: ours, how, asked: provider } = this.#parts;
    return elicitor === ours && asked === provider.id && JSON.stringify(options) === JSON.stringify(how.options);
  }
}

/** A sample that casts no vote is asked nothing. */
function followed({ index, extraction, text }: Sample): readonly FollowedSample[] {
  if (extraction.kind === "abstention") return [];
  return [{ index, answer: extraction.answer, ...(text !== undefined && { text }) }];
}
