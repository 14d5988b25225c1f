import { createHash } from "node:crypto";
import { type AnswerSource, answerSource } from "./answer-source.ts";
import type { Behaviour, QuestionBehaviour } from "./behaviour.ts";
import type { ChatRequest } from "./chat-request.ts";
import { countTokens } from "./tokens.ts";

/** What the server knows about one prompt to one model. */
export interface Prompt {
  readonly text: string;
  readonly model: string;
  readonly hash: string;
  readonly high: number;
  readonly low: number;
  readonly tokens: number;
  /** Of the question of the behaviour that matched. */
  readonly key: string | undefined;
  readonly source: AnswerSource;
  requests: number;
  samplesServed: number;
  /** The first token of a response has been generated, so the prompt is in the cache. */
  warm: boolean;
  paidRequests: number;
  paidSamples: number;
  paidPicoUsd: number;
}

/** Chat markup around each message and around all of them. Clients reckon with at most 8 and 16. */
const tokensPerMessage = 4;
const tokensPerPrompt = 3;

interface IndexedQuestion {
  readonly question: QuestionBehaviour;
  readonly keys: readonly string[];
}

export class Prompts {
  readonly #behaviour: Behaviour;
  readonly #questions: readonly IndexedQuestion[];
  readonly #byModel = new Map<string, Map<string, Prompt>>();

  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
    this.#questions = behaviour.questions
      .map((question) => ({ question, keys: typeof question.key === "string" ? [question.key] : question.key }))
      .sort((a, b) => specificity(b) - specificity(a));
  }

  of(chat: ChatRequest): Prompt {
    const prompts = this.#ofModel(chat.model);
    const known = prompts.get(chat.promptText);
    if (known !== undefined) return known;
    const prompt = this.#meet(chat);
    prompts.set(chat.promptText, prompt);
    return prompt;
  }

  all(): Prompt[] {
    return [...this.#byModel.values()].flatMap((prompts) => [...prompts.values()]);
  }

  get size(): number {
    let size = 0;
    for (const prompts of this.#byModel.values()) size += prompts.size;
    return size;
  }

  reset(): void {
    this.#byModel.clear();
  }

  #ofModel(model: string): Map<string, Prompt> {
    const known = this.#byModel.get(model);
    if (known !== undefined) return known;
    const prompts = new Map<string, Prompt>();
    this.#byModel.set(model, prompts);
    return prompts;
  }

  #meet({ promptText: text, model, contents }: ChatRequest): Prompt {
    const digest = createHash("sha256").update(text).digest();
    const hash = { high: digest.readInt32BE(0), low: digest.readInt32BE(4) };
    const found = this.#questions.find(
      ({ question, keys }) => (question.model ?? model) === model && keys.every((key) => text.includes(key)),
    );
    return {
      text,
      model,
      hash: digest.toString("hex", 0, 8),
      ...hash,
      tokens: contents.reduce((sum, content) => sum + countTokens(content) + tokensPerMessage, tokensPerPrompt),
      key: found?.keys.join(" "),
      source: answerSource(found?.question, this.#behaviour.default, hash),
      requests: 0,
      samplesServed: 0,
      warm: false,
      paidRequests: 0,
      paidSamples: 0,
      paidPicoUsd: 0,
    };
  }
}

/** Longer keys first; of equal ones, those for a model. */
function specificity({ question, keys }: IndexedQuestion): number {
  return keys.reduce((sum, key) => sum + key.length, 0) + (question.model === undefined ? 0 : 0.5);
}
