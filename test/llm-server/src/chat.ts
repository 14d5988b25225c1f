import type { IncomingMessage, ServerResponse } from "node:http";
import { readChatRequest } from "./chat-request.ts";
import { errorBody } from "./error-body.ts";
import { Exchange, type Outcome } from "./exchange.ts";
import { Faults } from "./faults.ts";
import type { Journal } from "./journal.ts";
import type { Options } from "./options.ts";
import { picoUsd } from "./price.ts";
import { Prompts } from "./prompts.ts";
import { type Admission, RateLimit } from "./rate-limit.ts";
import { invalidKey, type Refusal, rateLimited, unknownModel } from "./refusals.ts";
import { respond } from "./respond.ts";
import { lookUp, readScoringRequest, type ScoringPath } from "./scoring-request.ts";
import { Vocabulary } from "./vocabulary.ts";

/** `POST /v1/chat/completions`, from the body that came in to the entry in the journal. */
export class Chat {
  readonly prompts: Prompts;
  readonly #options: Options;
  readonly #journal: Journal;
  readonly #faults: Faults;
  readonly #limit: RateLimit;
  readonly #open = new Set<Exchange>();
  readonly #vocabulary = new Vocabulary();
  readonly #run = Date.now().toString(36);
  #received = 0;
  #number = 0;
  #mostOpen = 0;

  constructor(options: Options, journal: Journal) {
    this.#options = options;
    this.#journal = journal;
    this.prompts = new Prompts(options.behaviour);
    this.#faults = new Faults([...options.faults, ...options.behaviour.faults], options.seed);
    this.#limit = new RateLimit(options.rateLimit);
  }

  /** Requests that are not in the journal yet, and the most there were at once. */
  get open(): { readonly now: number; readonly most: number } {
    return { now: this.#open.size, most: this.#mostOpen };
  }

  /** What costs nothing; undefined for a body that is none of it. */
  look(path: "/tokenize" | "/apply-template", body: string): object | undefined {
    return lookUp(path, parseJson(body), this.#vocabulary);
  }

  /** `POST /v1/chat/completions`, and with a path the scores of other servers. */
  handle(request: IncomingMessage, response: ServerResponse, body: string, path?: ScoringPath): void {
    const now = performance.now();
    const admission = this.#limit.admit(now, this.#open.size);
    const exchange = new Exchange({
      number: ++this.#number,
      requestId: `req_${this.#run}${(++this.#received).toString(36).padStart(6, "0")}`,
      request,
      response,
      headers: this.#limit.headers(now),
      onSettled: this.#record,
    });
    this.#open.add(exchange);
    this.#mostOpen = Math.max(this.#mostOpen, this.#open.size);
    const refusal = this.#take(exchange, body, admission, path);
    if (refusal === undefined) return;
    const { error, label, headers } = refusal;
    exchange.fault = label;
    exchange.settle({ billed: false, status: error.status });
    exchange.send(error.status, "application/json", errorBody(error), headers);
  }

  reset(): void {
    this.prompts.reset();
    this.#faults.reset();
    this.#limit.reset();
    this.#number = 0;
    this.#mostOpen = this.#open.size;
  }

  /** Ends what is open: unfinished generations are not billed, streams are for what was sent. */
  close(): void {
    for (const exchange of [...this.#open]) {
      exchange.onLeave?.();
      exchange.settle({ billed: false, aborted: true });
    }
  }

  #take(exchange: Exchange, body: string, admission: Admission, path: ScoringPath | undefined): Refusal | undefined {
    const { apiKey, knownModelsOnly, models } = this.#options;
    if (apiKey !== undefined && exchange.request.headers.authorization !== `Bearer ${apiKey}`) return invalidKey;
    exchange.body = parseJson(body);
    const chat =
      path === undefined
        ? readChatRequest(exchange.body, this.#options, this.#vocabulary)
        : readScoringRequest(path, exchange.body, this.#vocabulary);
    if ("error" in chat) return { error: chat.error, label: "invalid-request" };
    if (knownModelsOnly && !models.some(({ id }) => id === chat.model)) return unknownModel(chat.model);
    const prompt = this.prompts.of(chat);
    exchange.chat = chat;
    exchange.prompt = prompt;
    exchange.attempt = ++prompt.requests;
    if (!admission.admitted) return rateLimited(chat.model, admission.retryAfterMs);
    const fault = this.#faults.pick({ number: exchange.number, attempt: exchange.attempt, prompt, sends: chat.sends });
    exchange.fault = fault?.kind;
    respond({ exchange, chat, prompt, fault, options: this.#options });
    return undefined;
  }

  readonly #record = (exchange: Exchange, { billed, usage, status, aborted }: Outcome): void => {
    this.#open.delete(exchange);
    const { chat, prompt, request, choices } = exchange;
    const price = this.#options.models.find(({ id }) => id === chat?.model)?.price ?? this.#options.price;
    const pico = billed && usage !== undefined ? picoUsd(usage, price) : 0;
    if (billed && prompt !== undefined) {
      prompt.paidRequests++;
      prompt.paidSamples += choices.length;
      prompt.paidPicoUsd += pico;
    }
    const clientRequestId = request.headers["x-client-request-id"];
    this.#journal.record({
      number: exchange.number,
      requestId: exchange.requestId,
      status,
      model: chat?.model,
      promptHash: prompt?.hash,
      key: prompt?.key,
      attempt: exchange.attempt,
      n: chat?.n,
      stream: chat?.stream,
      seed: chat?.seed,
      firstSample: exchange.firstSample,
      billed,
      usage: choices.length > 0 || chat?.scoring !== undefined ? usage : undefined,
      picoUsd: pico,
      answers: choices.map(({ answer }) => answer),
      fault: exchange.fault,
      aborted,
      clientRequestId: typeof clientRequestId === "string" ? clientRequestId : undefined,
      request: this.#options.keepRequests ? { headers: request.headers, body: exchange.body } : undefined,
    });
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
