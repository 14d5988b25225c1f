import { isQuorateError } from "@quorate/core";
import { listenForAbort, stopListening } from "../abort-listeners.ts";
import type {
  CallContext,
  Capabilities,
  IndexedOutcome,
  Provider,
  SampleOutcome,
  SampleRequest,
  ScoreOutcome,
  ScoreRequest,
} from "../contract.ts";
import type { PromptOptions } from "../prompting.ts";
import { type CheckedEmbeddedOptions, checkEmbeddedOptions, type EmbeddedOptions } from "./embedded-options.ts";
import { type Engine, openEngine } from "./engine.ts";
import { type FoundModel, findModel } from "./find-model.ts";
import { LanePool } from "./lane-pool.ts";
import type { ModelFile } from "./model-file.ts";
import { promptOf } from "./prompt.ts";
import { sampleMaker } from "./sample-maker.ts";
import { ScoreWork, scorePromptOf } from "./score.ts";
import { Wave } from "./wave.ts";

/** More would take memory for nothing: a response of the models meant here has some hundred tokens. */
const usualMostContext = 4096;

/**
 * A small language model in this very process, on the processor, without a key or a network. What index i of a question
 * says depends on nothing but model, prompt, options and seed. Weights are loaded with the first sample.
 */
export async function embeddedProvider(options: EmbeddedOptions = {}): Promise<Provider> {
  const checked = checkEmbeddedOptions(options);
  const found = await findModel(checked);
  if (found.file.promptTemplate === undefined) {
    checked.onWarning(
      `${found.file.path} does not say how it wants to be asked (quorate.prompt_template): prompts are sent as they are.`,
    );
  }
  return new EmbeddedProvider(found, checked);
}

/** All are at hand, but each that is told takes room in the journal. */
const mostLikelyTokens = 1000;

const confidenceSignals = ["special-token"] as const;

interface Opened {
  readonly engine: Engine;
  readonly pool: LanePool;
}

class EmbeddedProvider implements Provider {
  readonly id: string;
  readonly account = "embedded";
  readonly can: Capabilities;
  readonly prompting?: PromptOptions;
  readonly confidence?: NonNullable<Provider["confidence"]>;
  readonly #file: ModelFile;
  readonly #contextSize: number;
  readonly #options: CheckedEmbeddedOptions;
  #opening: Promise<Opened> | undefined;
  #isClosed = false;

  constructor({ name, file, confidence }: FoundModel, options: CheckedEmbeddedOptions) {
    const { topP, contextSize } = options;
    // Drawn another way, the samples of a seed are others.
    this.id = topP === 1 ? `embedded:${name}` : `embedded:${name} (top-p ${topP})`;
    this.can = {
      samplesPerRequest: Number.MAX_SAFE_INTEGER,
      temperature: true,
      seed: true,
      shows: { text: true, tokens: true, topLogprobs: mostLikelyTokens },
      signals: ["mean-logprob", "sequence-logprob", ...(file.confidenceToken === undefined ? [] : confidenceSignals)],
      asks: { logprobs: false, score: true },
    };
    // The file's template brings the form; an instruction on top is nothing the model has seen in training.
    if (file.promptTemplate !== undefined) this.prompting = { template: "{{question}}\n\n{{options}}" };
    if (confidence !== undefined) this.confidence = confidence;
    this.#file = file;
    this.#options = options;
    this.#contextSize = contextSize ?? Math.min(file.trainedContext, usualMostContext);
  }

  worstCaseUsd(): number {
    return 0;
  }

  expectedUsd(): number {
    return 0;
  }

  async *sample(
    request: SampleRequest,
    indexes: readonly number[],
    context: CallContext,
  ): AsyncGenerator<IndexedOutcome> {
    if (indexes.length === 0) return;
    if (context.signal.aborted || context.lastCall?.aborted === true)
      return yield* same(indexes, { kind: "cancelled" });
    if (this.#isClosed) return yield* same(indexes, { kind: "failed", detail: "The provider is closed" });
    let opened: Opened;
    try {
      opened = await this.#open();
    } catch (error) {
      return yield* same(indexes, failureOf(error));
    }
    const prompt = promptOf(request.messages, this.#file, opened.engine.tokenize);
    if (prompt.kind === "unusable") return yield* same(indexes, { kind: "failed", detail: prompt.why });
    if (prompt.tokens.length >= this.#contextSize) {
      const detail = `The prompt has ${prompt.tokens.length} tokens, the context of ${this.id} ${this.#contextSize}: shorten the question, or use another --model`;
      return yield* same(indexes, { kind: "failed", detail });
    }
    const make = sampleMaker({
      request,
      prompt: prompt.tokens,
      file: this.#file,
      contextSize: this.#contextSize,
      topP: this.#options.topP,
      textOf: opened.engine.textOf,
      clock: context.clock,
    });
    yield* new Wave(prompt.tokens, indexes, make, context).outcomes(opened.pool);
  }

  scoreWorstCaseUsd(): number {
    return 0;
  }

  async score(request: ScoreRequest, { signal, lastCall, clock }: CallContext): Promise<ScoreOutcome> {
    const beganMs = clock.now();
    if (signal.aborted || lastCall?.aborted === true) return { kind: "cancelled" };
    if (this.#isClosed) return { kind: "failed", detail: "The provider is closed" };
    let opened: Opened;
    try {
      opened = await this.#open();
    } catch (error) {
      return failureOf(error);
    }
    const prompt = scorePromptOf(request, this.#file, opened.engine.tokenize);
    if (prompt.kind === "unusable") return { kind: "failed", detail: prompt.why };
    const longest = Math.max(...prompt.candidates.map(({ length }) => length));
    if (prompt.prompt.length + longest > this.#contextSize) {
      return { kind: "failed", detail: `The text to score is longer than the context of ${this.id}` };
    }
    const work = new ScoreWork(prompt);
    const cancelled = new Promise<"cancelled">((resolve) => {
      const stop = (): void => void (work.cancel() && resolve("cancelled"));
      listenForAbort(signal, stop);
      work.scores.then(
        () => stopListening(signal, stop),
        () => stopListening(signal, stop),
      );
    });
    opened.pool.add(work);
    try {
      const logprobs = await Promise.race([work.scores, cancelled]);
      if (logprobs === "cancelled") return { kind: "cancelled" };
      const scored = prompt.candidates.reduce((sum, { length }) => sum + length, prompt.prompt.length);
      return {
        kind: "scores",
        logprobs,
        usage: { inputTokens: scored, outputTokens: 0 },
        costUsd: 0,
        latencyMs: clock.now() - beganMs,
      };
    } catch (error) {
      return { kind: "failed", detail: error instanceof Error ? error.message : String(error) };
    }
  }

  #open(): Promise<Opened> {
    const options = { laneCount: this.#options.parallel, contextSize: this.#contextSize };
    this.#opening ??= openEngine(this.#file, options).then(
      (engine) => ({ engine, pool: new LanePool(engine.lanes) }),
      (error) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const opened = await this.#opening?.catch(() => undefined);
    await opened?.engine.close();
  }
}

function* same(indexes: readonly number[], outcome: SampleOutcome): Generator<IndexedOutcome> {
  for (const index of indexes) yield { index, outcome };
}

/** What keeps one sample from being made keeps all of them from it. */
function failureOf(error: unknown): Extract<SampleOutcome, { kind: "failed" }> {
  if (!isQuorateError(error)) return { kind: "failed", detail: String(error), forAll: true };
  const { message, hint = "" } = error;
  const detail = message
    .slice(0, message.length - hint.length)
    .trim()
    .replace(/\.$/, "");
  return { kind: "failed", detail, forAll: true, ...(hint !== "" && { hint }) };
}
