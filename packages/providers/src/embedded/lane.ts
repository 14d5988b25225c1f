import type { LlamaContext, LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";
import type { LogitSource } from "./generate.ts";

/** node-llama-cpp begins to forget the start of a sequence one token before its context is full. */
const spareTokens = 8;
/** Tokens of a prompt that are evaluated at once. */
const promptBatch = 512;

/**
 * One sequence with one thread and a context of its own, so every evaluation is a batch of its own: what is evaluated
 * beside a sequence in a batch changes the last bits of its logits, and a resumed run would draw other tokens.
 */
export class Lane implements LogitSource {
  readonly #context: LlamaContext;
  readonly #sequence: LlamaContextSequence;
  readonly #vocabularySize: number;
  #prompt: readonly number[] = [];
  #first: Float32Array | undefined;

  private constructor(context: LlamaContext, vocabularySize: number) {
    this.#context = context;
    this.#sequence = context.getSequence();
    this.#vocabularySize = vocabularySize;
  }

  static async open(model: LlamaModel, contextSize: number, vocabularySize: number): Promise<Lane> {
    const context = await model.createContext({
      contextSize: contextSize + spareTokens,
      sequences: 1,
      threads: 1,
      batchSize: Math.min(promptBatch, contextSize),
      flashAttention: false,
    });
    return new Lane(context, vocabularySize);
  }

  /** Whether the prompt has been read already, so that beginning anew costs nothing. */
  holds(prompt: readonly number[]): boolean {
    return (
      this.#first !== undefined &&
      prompt.length === this.#prompt.length &&
      prompt.every((token, place) => token === this.#prompt[place])
    );
  }

  async begin(prompt: readonly number[]): Promise<Float32Array> {
    const sequence = this.#sequence;
    if (this.#first !== undefined && this.holds(prompt)) {
      const end = sequence.nextTokenIndex;
      if (end > prompt.length) await sequence.eraseContextTokenRanges([{ start: prompt.length, end }]);
      return this.#first;
    }
    this.#first = undefined;
    this.#prompt = prompt;
    await sequence.clearHistory();
    this.#first = await this.#evaluate(prompt);
    return this.#first;
  }

  next(token: number): Promise<Float32Array> {
    return this.#evaluate([token]);
  }

  async #evaluate(tokens: readonly number[]): Promise<Float32Array> {
    const before = tokens.slice(0, -1) as Token[];
    const last = tokens.at(-1) as Token;
    const results = await this.#sequence.controlledEvaluate([...before, [last, { generateNext: { logits: true } }]]);
    const told = results.at(-1)?.next.logits;
    if (told?.size !== this.#vocabularySize) {
      throw new RangeError(`${told?.size ?? 0} logits for ${this.#vocabularySize} tokens`);
    }
    const logits = new Float32Array(this.#vocabularySize);
    for (const [token, logit] of told) logits[token] = logit;
    return logits;
  }

  async close(): Promise<void> {
    await this.#context.dispose();
  }
}
