import { createHash } from "node:crypto";
import type { KnownOrUnknown } from "@quorate/core";
import type { CallContext, Capabilities, IndexedOutcome, Provider, SampleRequest } from "../contract.ts";
import { expectedUsd, worstCaseUsd } from "../prices/cost.ts";
import type { ModelPrice } from "../prices/model-price.ts";
import { priceFor } from "../prices/price-for.ts";
import type { ChatModel } from "./attempts.ts";
import { modelCapabilities } from "./model-capabilities.ts";
import { type CheckedOpenaiOptions, checkOpenaiOptions, type OpenaiOptions } from "./openai-options.ts";
import { RequestShape } from "./request-shape.ts";
import type { Dialect } from "./scoring/dialect.ts";
import { dialects } from "./scoring/registry.ts";
import { score, scoreWorstCaseUsd } from "./scoring/score.ts";
import { openTransport } from "./transport.ts";
import { Wave } from "./wave.ts";

/** A model behind Chat Completions, at OpenAI or any server that speaks the same. */
export async function openaiProvider(options: OpenaiOptions): Promise<Provider> {
  const checked = checkOpenaiOptions(options);
  const [transport, price] = await Promise.all([openTransport(checked), priceOf(checked)]);
  const { model, host, apiKey, extraBody, maxAttempts, samplesPerRequest, onWarning } = checked;
  const listed = modelCapabilities(model, host, extraBody.reasoning_effort);
  const shape = new RequestShape(
    { ...listed, ...(samplesPerRequest !== undefined && { samplesPerRequest }) },
    onWarning,
  );
  const extraTokens = Object.keys(extraBody).length === 0 ? 0 : Buffer.byteLength(JSON.stringify(extraBody));
  const chat = { model, transport, shape, price, extraBody, extraTokens, maxAttempts };
  const dialect = checked.scoring === undefined ? undefined : dialects[checked.scoring];
  return new OpenaiProvider(chat, `${host}#${fingerprint(apiKey)}`, dialect);
}

/** Other service tiers have prices of their own, which no list has. */
async function priceOf(options: CheckedOpenaiOptions): Promise<ModelPrice | "unknown"> {
  const { model, baseUrl, prices = {}, extraBody, onWarning } = options;
  const tier = extraBody.service_tier;
  const isListed = tier === undefined || tier === "default" || tier === "auto";
  return priceFor(model, { overrides: prices, onWarning, ...(isListed && { baseUrl }) });
}

function fingerprint(apiKey: string): string {
  return createHash("sha256").update(apiKey).digest("hex").slice(0, 8);
}

class OpenaiProvider implements Provider {
  readonly id: string;
  readonly account: string;
  readonly can: Capabilities;
  readonly price?: Readonly<Record<string, unknown>>;
  readonly score?: NonNullable<Provider["score"]>;
  readonly scoreWorstCaseUsd?: NonNullable<Provider["scoreWorstCaseUsd"]>;
  readonly #chat: ChatModel;

  constructor(chat: ChatModel, account: string, dialect: Dialect | undefined) {
    const { samplesPerRequest, temperature, seed, logprobs, topLogprobs } = chat.shape.can;
    this.id = `openai:${chat.model}`;
    this.account = account;
    this.can = {
      samplesPerRequest,
      temperature,
      seed,
      signals: logprobs ? ["mean-logprob", "sequence-logprob"] : [],
      shows: { text: true, tokens: logprobs, topLogprobs },
      asks: { logprobs: topLogprobs > 0, score: dialect !== undefined },
    };
    if (dialect !== undefined) {
      this.score = (request, context) => score(chat, dialect, request, context);
      this.scoreWorstCaseUsd = (request) => scoreWorstCaseUsd(chat, request);
    }
    if (chat.price !== "unknown") this.price = { ...chat.price };
    this.#chat = chat;
  }

  worstCaseUsd(request: SampleRequest, samples: number): KnownOrUnknown {
    return worstCaseUsd(request, samples, this.#chat.price, this.#chat.extraTokens);
  }

  expectedUsd(request: SampleRequest, samples: number): KnownOrUnknown {
    return expectedUsd(request, samples, this.#chat.price, this.can.samplesPerRequest);
  }

  sample(request: SampleRequest, indexes: readonly number[], context: CallContext): AsyncGenerator<IndexedOutcome> {
    if (request.messages.length === 0) return nothingToSend(indexes);
    return new Wave(this.#chat, request, context).outcomes(indexes);
  }

  /** Node's shared agent closes idle connections by itself. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function* nothingToSend(indexes: readonly number[]): AsyncGenerator<IndexedOutcome> {
  for (const index of indexes) {
    yield { index, outcome: { kind: "failed", detail: "The question has no text to send." } };
  }
}
