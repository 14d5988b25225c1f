import type { IncomingMessage, ServerResponse } from "node:http";
import type { ChatRequest } from "./chat-request.ts";
import type { Choice } from "./generation.ts";
import type { BilledUsage } from "./price.ts";
import type { Prompt } from "./prompts.ts";

export interface Outcome {
  readonly billed: boolean;
  readonly usage?: BilledUsage;
  readonly status?: number;
  readonly aborted?: boolean;
}

const noHeaders: readonly string[] = [];

/** One request on its way: what is known of it, its timer, and whether the client is still there. */
export class Exchange {
  readonly number: number;
  readonly requestId: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  body: unknown;
  chat: ChatRequest | undefined;
  prompt: Prompt | undefined;
  attempt: number | undefined;
  firstSample: number | undefined;
  fault: string | undefined;
  choices: readonly Choice[] = [];
  left = false;
  /** What is to happen when the client leaves; nothing for a generation that goes on without it. */
  onLeave: (() => void) | undefined;
  readonly #headers: readonly string[];
  readonly #onSettled: (exchange: Exchange, outcome: Outcome) => void;
  #settled = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(details: {
    readonly number: number;
    readonly requestId: string;
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly headers: readonly string[];
    readonly onSettled: (exchange: Exchange, outcome: Outcome) => void;
  }) {
    this.number = details.number;
    this.requestId = details.requestId;
    this.request = details.request;
    this.response = details.response;
    this.#headers = details.headers;
    this.#onSettled = details.onSettled;
    this.response.on("close", () => {
      if (this.response.writableFinished) return;
      this.left = true;
      this.onLeave?.();
    });
  }

  /** Without a delay the body runs at once, without a timer. */
  wait(ms: number, body: () => void): void {
    if (ms <= 0) body();
    else this.#timer = setTimeout(body, ms);
  }

  /** Writes the journal, once. Comes before the last byte of the response. */
  settle(outcome: Outcome): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#onSettled(this, outcome);
  }

  head(status: number, contentType: string, more: readonly string[] = noHeaders): void {
    this.response.writeHead(status, [
      "content-type",
      contentType,
      "x-request-id",
      this.requestId,
      ...this.#headers,
      ...more,
    ]);
  }

  send(status: number, contentType: string, body: string, more: readonly string[] = noHeaders): void {
    this.head(status, contentType, ["content-length", String(Buffer.byteLength(body)), ...more]);
    this.response.end(body);
  }

  /** A TCP reset, not an orderly end. */
  resetConnection(): void {
    this.response.socket?.resetAndDestroy();
  }
}
