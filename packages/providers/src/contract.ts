import type {
  AnswerDistribution,
  Extraction,
  FinishReason,
  KnownOrUnknown,
  Message,
  Policy,
  Question,
  Reading,
  Shown,
  SignalKind,
  Signals,
  TokenLogprob,
  Usage,
  Usd,
} from "@quorate/core";
import type { PromptOptions } from "./prompting.ts";

/** What a provider can do for the model it was made for. Known before the first request. */
export interface Capabilities {
  /** The most samples of one prompt that one request may carry; 1 means every sample is a request of its own. */
  readonly samplesPerRequest: number;
  readonly temperature: boolean;
  readonly seed: boolean;
  /** Signals that a sample brings without an extra call. */
  readonly signals: readonly SignalKind[];
  /** What further signals can be measured in. @default the text alone */
  readonly shows?: Shown;
  /** What it can be asked about a sample in further calls; absent for recordings, which answer nothing new. */
  readonly asks?: { readonly logprobs: boolean; readonly score: boolean };
}

/** What is asked, the same for every sample of a wave. */
export interface SampleRequest {
  readonly question: Question;
  /** What goes over the wire; a provider of recordings ignores it. */
  readonly messages: readonly Message[];
  readonly maxTokens?: number;
  readonly temperature?: number;
  /** The run's seed; where a server takes one, each sample gets its own, derived from it. */
  readonly seed?: number;
  /** Signals that the policy reads; a provider may leave the others out to save bytes. */
  readonly signals: readonly SignalKind[];
  /** Bring each token with its log-probability. */
  readonly keepTokens: boolean;
  /** With `keepTokens`: so many of the likeliest tokens at each place, or as many as the provider shows. @default 0; a recording shows all it has */
  readonly topLogprobs?: number;
}

/** How likely does the assistant go on with each of these texts? */
export interface ScoreRequest {
  readonly question: Question;
  /** If the last one is the assistant's, its turn goes on; else the assistant's turn begins. */
  readonly messages: readonly Message[];
  /** Begins the continuation; names of special tokens count as these tokens. */
  readonly prefix: string;
  /** Not empty. Names of special tokens count as these tokens. */
  readonly candidates: readonly string[];
}

export type ScoreOutcome =
  | {
      readonly kind: "scores";
      /** Of each whole candidate, natural, over the whole vocabulary and untempered; "censored" where the server hid it. */
      readonly logprobs: readonly Reading[];
      readonly usage?: Usage;
      readonly costUsd?: Usd;
      readonly latencyMs?: number;
    }
  | Extract<SampleOutcome, { readonly kind: "failed" | "unaffordable" | "cancelled" }>;

export type SampleOutcome =
  | {
      readonly kind: "response";
      readonly text?: string;
      /** Given by recordings that hold the extracted answer already. */
      readonly extraction?: Extraction;
      readonly finishReason: FinishReason;
      /** The share of the request's usage that falls to this sample; shares add up to the request's usage. */
      readonly usage?: Usage;
      readonly costUsd?: Usd;
      readonly latencyMs?: number;
      readonly signals: Signals;
      /** Over the answers, where the server shows more than the one given. */
      readonly distribution?: AnswerDistribution;
      readonly tokens?: readonly TokenLogprob[];
    }
  /** All attempts failed; the sample becomes an abstention with this detail. */
  | {
      readonly kind: "failed";
      readonly detail: string;
      readonly latencyMs?: number;
      /** The key or the model was refused, or nobody is there: every other request would fail the same way. */
      readonly forAll?: true;
      /** With `forAll`: what a person can do about it, where the provider knows. */
      readonly hint?: string;
    }
  /** The recording has no sample at this index. */
  | { readonly kind: "exhausted"; readonly available: number }
  /** The request would not fit in what is left of the budget, with nothing in flight that could give money back. */
  | { readonly kind: "unaffordable" }
  /** The caller's signal came first. */
  | { readonly kind: "cancelled" };

export interface IndexedOutcome {
  /** The sample's place in launch order. */
  readonly index: number;
  readonly outcome: SampleOutcome;
}

/**
 * One attempt, written down before it leaves. Exactly one of the three endings is called, once; an attempt that never
 * gets one (a crash) is presumed spent by whoever opens the ledger next.
 */
export interface Attempt {
  /** The server said what it used. Without a known price `usd` is absent. */
  settle(usage: Usage, usd: Usd | undefined): void;
  /** It left, and nobody knows whether it was billed (reset, timeout, unreadable reply): its worst case counts as spent. */
  presume(why: string): void;
  /** It certainly was not billed: refused with an error status, or never sent. */
  release(why: string): void;
}

/** Where attempts are written down and money is set aside. */
export interface AttemptLedger {
  /**
   * Resolves once the intent is on record and its worst case is set aside. Waits while other attempts in flight may
   * give money back. `"unaffordable"` when it can never fit.
   */
  open(intent: {
    /** Empty for an attempt that asks about samples. */
    readonly samples: readonly number[];
    readonly worstCaseUsd: KnownOrUnknown;
  }): Promise<Attempt | "unaffordable">;
}

/** Bounds how many requests of one account are under way. */
export interface Limiter {
  /** Resolves with a release function; rejects with the signal's reason when aborted. */
  acquire(signal: AbortSignal): Promise<() => void>;
  /** A request ended well without a retry. */
  succeeded(): void;
  /** The server answered 429. */
  throttled(): void;
}

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Resolves after the time, rejects with the signal's reason when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface CallContext {
  /** Drops what is in flight. */
  readonly signal: AbortSignal;
  /** Nothing new may leave, no retry either: what is in flight ends by itself, what still waits is `cancelled`. */
  readonly lastCall?: AbortSignal;
  readonly ledger: AttemptLedger;
  readonly limiter: Limiter;
  readonly clock: Clock;
  /** In [0,1); spreads retries. */
  readonly random: () => number;
}

export interface Provider {
  /** `openai:gpt-4o-mini`: how a person names it. */
  readonly id: string;
  /** Requests of one account share limits: base URL and a fingerprint of the key, never the key. */
  readonly account: string;
  readonly can: Capabilities;
  /** The most that one request for `samples` samples can cost, prompt bytes taken as the bound of its tokens. */
  worstCaseUsd(request: SampleRequest, samples: number): KnownOrUnknown;
  /** What one more sample of the prompt is expected to cost; for estimates only. */
  expectedUsd(request: SampleRequest, samples: number): KnownOrUnknown;
  /** What it charges by, for `run.json`; absent where nobody knows or nothing is charged. */
  readonly price?: Readonly<Record<string, unknown>>;
  /**
   * A confidence that its samples bring, calibrated by whoever made the model; for policies that name none and do better
   * with one.
   */
  readonly confidence?: NonNullable<Policy["confidence"]>;
  /** How the model wants to be asked; what a person says about it comes first. */
  readonly prompting?: PromptOptions;
  /** The full vote of a question, where no more samples than these could ever be had; undefined where nobody knows. */
  available?(question: Question): number | undefined;
  /**
   * One sample for each index, at the best price the API allows. Each outcome is yielded as it completes, exactly once an
   * index. Never throws for what a server does; stops early only when the caller returns from the loop.
   */
  sample(request: SampleRequest, indexes: readonly number[], context: CallContext): AsyncIterable<IndexedOutcome>;
  /**
   * Exact probabilities of given texts. Never throws for what a server does. Its attempts are in the ledger without samples,
   * and all together cost at most `scoreWorstCaseUsd`, failed ones aside.
   */
  score?(request: ScoreRequest, context: CallContext): Promise<ScoreOutcome>;
  scoreWorstCaseUsd?(request: ScoreRequest): KnownOrUnknown;
  close(): Promise<void>;
}
