import type { Failure } from "./failure.ts";
import { openaiHost } from "./model-capabilities.ts";
import { redact } from "./redact.ts";

/** The parsed body of a 200, or why there is none. */
export type Reply = { readonly kind: "body"; readonly body: unknown } | Failure;

export interface Transport {
  /**
   * Never rejects. The controller belongs to this request alone; aborting it ends the request. A path without a slash is
   * below the base URL, one with a slash below the server's root. @default "chat/completions"
   */
  send(body: string, controller: AbortController, path?: string): Promise<Reply>;
}

export interface TransportOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** For the whole reply, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof globalThis.fetch;
}

/** For all requests: bodies are sent as bytes, of which the package does not know that they are JSON. */
const defaultHeaders = { "content-type": "application/json" };
const timedOut = Symbol("timed out");

/** The `openai` package does the talking; retries are not its business here. Loaded late, as it takes a while. */
export async function openTransport({ baseUrl, apiKey, timeoutMs, fetch }: TransportOptions): Promise<Transport> {
  const { OpenAI, APIConnectionTimeoutError, APIError } = await import("openai");
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey,
    defaultHeaders,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: "off",
    // The package would read these from the environment and tell them to any server.
    ...(new URL(baseUrl).host !== openaiHost && { organization: null, project: null }),
    ...(fetch !== undefined && { fetch }),
  });

  const root = baseUrl.replace(/\/(?:v1\/?)?$/, "");
  const addressOf = (path: string): string => (path.startsWith("/") ? root + path : `/${path}`);

  const failureOf = (error: unknown, signal: AbortSignal): Failure => {
    if (signal.aborted) return signal.reason === timedOut ? { kind: "timeout", timeoutMs } : { kind: "cancelled" };
    if (error instanceof APIConnectionTimeoutError) return { kind: "timeout", timeoutMs };
    if (error instanceof APIError && error.status !== undefined) {
      const { status, headers, code, type, param } = error;
      return statusFailure(
        status,
        headers,
        error.error ?? { message: error.message, code, type, param },
        apiKey,
        false,
      );
    }
    return connectionFailure(error, timeoutMs, apiKey);
  };

  return {
    async send(body, controller, path = "chat/completions") {
      const { signal } = controller;
      // The package's own timeout ends with the headers; a body may stall as well.
      const timer = setTimeout(() => controller.abort(timedOut), timeoutMs);
      try {
        const response = await client.post(addressOf(path), { body: Buffer.from(body), signal }).asResponse();
        const parsed = parse(await response.text());
        if (parsed === undefined) return { kind: "unreadable", message: "it is not valid JSON" };
        return errorWithin(parsed, response.headers, apiKey) ?? { kind: "body", body: parsed };
      } catch (error) {
        return failureOf(error, signal);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Some gateways report a failure upstream in the body of a 200. */
function errorWithin(body: unknown, headers: Headers, apiKey: string): Failure | undefined {
  if (typeof body !== "object" || body === null || "choices" in body || !("error" in body)) return undefined;
  const { error } = body;
  const code = (error as { readonly code?: unknown } | null)?.code;
  const status = typeof code === "number" && code >= 400 && code < 600 ? code : 502;
  return statusFailure(status, headers, error, apiKey, true);
}

function statusFailure(
  status: number,
  headers: Headers | undefined,
  error: unknown,
  apiKey: string,
  withinSuccess: boolean,
): Failure {
  const { code, type, param, message } = (typeof error === "object" && error !== null ? error : {}) as ErrorBody;
  const words = typeof message === "string" ? message : JSON.stringify(error ?? "no reason given");
  return {
    kind: "status",
    status,
    message: redact(words, apiKey),
    headers: headers ?? new Headers(),
    withinSuccess,
    ...(typeof code === "string" && { code: redact(code, apiKey) }),
    ...(typeof type === "string" && { type: redact(type, apiKey) }),
    ...(typeof param === "string" && { parameter: param }),
  };
}

interface ErrorBody {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly param?: unknown;
  readonly message?: unknown;
}

/** Errors that come before the first byte of a request leaves. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const timeouts = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

function connectionFailure(error: unknown, timeoutMs: number, apiKey: string): Failure {
  let code: string | undefined;
  let message = String(error);
  let deepest: unknown = error;
  for (let depth = 0; depth < 5 && deepest instanceof Error; depth++) {
    message = deepest.message || message;
    if ("code" in deepest && typeof deepest.code === "string") code = deepest.code;
    deepest = deepest.cause;
  }
  if (timeouts.has(code ?? "")) return { kind: "timeout", timeoutMs };
  const words = code === undefined ? message : `${code} ${message}`;
  // Ports that fetch itself refuses bring words and no code.
  const sent = !neverSent.has(code ?? "") && message !== "bad port";
  return { kind: "connection", sent, message: redact(words, apiKey) };
}
