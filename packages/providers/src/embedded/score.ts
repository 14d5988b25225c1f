import type { Message, Reading } from "@quorate/core";
import type { ScoreRequest } from "../contract.ts";
import type { LogitSource } from "./generate.ts";
import type { Lane } from "./lane.ts";
import type { Work } from "./lane-pool.ts";
import { logSoftmax } from "./log-softmax.ts";
import type { ModelFile } from "./model-file.ts";
import { type Prompt, promptOf, type Tokenize, textTokens } from "./prompt.ts";

/** What is scored, in tokens. */
export type ScorePrompt =
  | { readonly kind: "tokens"; readonly prompt: readonly number[]; readonly candidates: readonly (readonly number[])[] }
  | Extract<Prompt, { kind: "unusable" }>;

/** One message of the user and, where the assistant's turn goes on, its beginning. */
export function scorePromptOf(
  { messages, prefix, candidates }: ScoreRequest,
  model: ModelFile,
  tokenize: Tokenize,
): ScorePrompt {
  const begun = messages.at(-1)?.role === "assistant" ? messages.at(-1) : undefined;
  const asked: readonly Message[] = begun === undefined ? messages : messages.slice(0, -1);
  const prompt = promptOf(asked, model, tokenize);
  if (prompt.kind === "unusable") return prompt;
  const spelled = candidates.map((candidate) => tokenize(candidate, true));
  if (spelled.some((tokens) => tokens.length === 0)) return { kind: "unusable", why: "A text to score has no tokens." };
  return {
    kind: "tokens",
    prompt: [
      ...prompt.tokens,
      ...(begun === undefined ? [] : textTokens(begun.content, model, tokenize)),
      ...(prefix === "" ? [] : tokenize(prefix, true)),
    ],
    candidates: spelled,
  };
}

/** Natural log-probability of each candidate, from the full logits. */
async function scoreCandidates(
  source: LogitSource,
  { prompt, candidates }: Extract<ScorePrompt, { kind: "tokens" }>,
): Promise<readonly Reading[]> {
  const scores: number[] = [];
  for (const candidate of candidates) {
    let logits = await source.begin(prompt);
    let sum = 0;
    for (const [place, token] of candidate.entries()) {
      if (place > 0) logits = await source.next(candidate[place - 1]!);
      sum += logSoftmax(logits)(token);
    }
    scores.push(sum);
  }
  return scores;
}

/** A score that waits for a lane. */
export class ScoreWork implements Work {
  readonly prompt: readonly number[];
  readonly scores: Promise<readonly Reading[]>;
  readonly #request: Extract<ScorePrompt, { kind: "tokens" }>;
  #isWaiting = true;
  #resolve: (scores: readonly Reading[]) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(request: Extract<ScorePrompt, { kind: "tokens" }>) {
    this.prompt = request.prompt;
    this.#request = request;
    this.scores = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** False once a lane is at it. */
  cancel(): boolean {
    const wasWaiting = this.#isWaiting;
    this.#isWaiting = false;
    return wasWaiting;
  }

  async runNext(lane: Lane): Promise<void> {
    this.#isWaiting = false;
    await scoreCandidates(lane, this.#request).then(this.#resolve, this.#reject);
  }
}
