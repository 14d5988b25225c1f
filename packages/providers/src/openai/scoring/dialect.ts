import type { Message, Reading } from "@quorate/core";

/** Servers that tell the probability of a token that is named, each in its own way. */
export type ScoringDialect = "vllm" | "vllm-completions" | "sglang" | "llama-server";

/** A JSON object whose fields have not been looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** Sends requests of one score, with retries. Throws what `score` turns into its outcome. */
export interface ScoringServer {
  readonly model: string;
  /** Costs nothing: no token goes through the model. Paths that begin with `/` are those of the server, not of its API. */
  look(path: string, body: object): Promise<Fields>;
  /** `inputTokens` and `outputTokens` bound what is billed. */
  compute(path: string, body: object, bound: { inputTokens: number; outputTokens: number }): Promise<Fields>;
}

/** A token whose probability is wanted after the prompt and the tokens of `after`. */
export interface Step {
  readonly after: readonly number[];
  readonly token: number;
}

export interface Dialect {
  /** The conversation in the model's own form, up to where the assistant goes on. */
  promptTokens(server: ScoringServer, messages: readonly Message[]): Promise<readonly number[]>;
  /** Of a text by itself; names of special tokens are these tokens. */
  tokensOf(server: ScoringServer, text: string): Promise<readonly number[]>;
  /** Natural log-probability of each step, over the whole vocabulary and untempered. */
  logprobs(server: ScoringServer, prompt: readonly number[], steps: readonly Step[]): Promise<readonly Reading[]>;
}

/** A reply that cannot be what the dialect promises. */
export class UnreadableScores extends Error {
  constructor(path: string, expected: string) {
    super(`The reply of ${path} holds no ${expected}; is this the server that --scoring names?`);
    this.name = "UnreadableScores";
  }
}

export function tokenList(value: unknown, path: string): readonly number[] {
  if (Array.isArray(value) && value.every((one) => Number.isInteger(one))) return value as readonly number[];
  throw new UnreadableScores(path, "list of tokens");
}

/** From a probability as servers give it, rounding above 1 and zero included. */
export function logOf(probability: unknown, path: string): number {
  if (typeof probability !== "number" || !(probability >= 0)) throw new UnreadableScores(path, "probability");
  // Zero is what is left of a probability in single precision: its smallest number stands for it.
  return Math.min(0, Math.log(Math.max(probability, 2 ** -149)));
}

/** Steps that share what comes before them. */
export function byContext(
  steps: readonly Step[],
): readonly { readonly after: readonly number[]; readonly places: number[] }[] {
  const groups = new Map<string, { readonly after: readonly number[]; readonly places: number[] }>();
  steps.forEach(({ after }, place) => {
    const key = after.join(" ");
    const group = groups.get(key) ?? { after, places: [] };
    group.places.push(place);
    groups.set(key, group);
  });
  return [...groups.values()];
}

/** Whether the assistant's last turn goes on, rather than a new one beginning. */
export function isContinued(messages: readonly Message[]): boolean {
  return messages.at(-1)?.role === "assistant";
}
