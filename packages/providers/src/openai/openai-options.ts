import { QuorateError } from "@quorate/core";
import type { PriceOverrides } from "../prices/price-overrides.ts";
import { openaiHost } from "./model-capabilities.ts";
import type { ScoringDialect } from "./scoring/dialect.ts";
import { dialects } from "./scoring/registry.ts";

const openaiBaseUrl = `https://${openaiHost}/v1`;

export interface OpenaiOptions {
  readonly model: string;
  /** @default "https://api.openai.com/v1" */
  readonly baseUrl?: string;
  /** Needed for api.openai.com; other servers get `none` without one. */
  readonly apiKey?: string;
  /** The most samples of one prompt in a request (`n`). @default 128 for OpenAI's chat models, else 1 */
  readonly samplesPerRequest?: number;
  /**
   * For one request, its body included. Node's own fetch gives up after five minutes without a byte; for more, bring a
   * `fetch` of your own. @default 300000
   */
  readonly timeoutMs?: number;
  /** Attempts in a row without a sample before a sample has failed. @default 5 */
  readonly maxAttempts?: number;
  /** Which server it is, for exact probabilities of given texts. Without it there are none. */
  readonly scoring?: ScoringDialect;
  readonly prices?: PriceOverrides;
  /** Takes the place of the network. */
  readonly fetch?: typeof globalThis.fetch;
  /** Further fields of every request, such as `top_p` or `reasoning_effort`. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** Told about prices that are not known for sure and parameters that a server refuses. */
  readonly onWarning?: (message: string) => void;
}

export interface CheckedOpenaiOptions extends OpenaiOptions {
  readonly baseUrl: string;
  readonly host: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly extraBody: Readonly<Record<string, unknown>>;
  readonly onWarning: (message: string) => void;
}

/** Fields of the body that the provider sets itself; anything else there would break what it promises about cost. */
const ownFields = [
  "model",
  "messages",
  "n",
  "best_of",
  "stream",
  "seed",
  "temperature",
  "logprobs",
  "top_logprobs",
  "max_tokens",
  "max_completion_tokens",
];

export function checkOpenaiOptions(options: OpenaiOptions): CheckedOpenaiOptions {
  const { baseUrl = openaiBaseUrl, timeoutMs = 300_000, maxAttempts = 5, extraBody = {} } = options;
  const address = addressOf(baseUrl);
  if (options.model === "") throw wrongOption("model", "the name of a model", options.model);
  if (options.scoring !== undefined && !Object.hasOwn(dialects, options.scoring)) {
    throw wrongOption("scoring", Object.keys(dialects).join(", "), options.scoring);
  }
  requireCount("timeoutMs", timeoutMs);
  requireCount("maxAttempts", maxAttempts);
  if (options.samplesPerRequest !== undefined) requireCount("samplesPerRequest", options.samplesPerRequest);
  const own = ownFields.find((field) => field in extraBody);
  if (own !== undefined) throw wrongOption("extraBody", "no field that Quorate sets itself", own);
  return {
    ...options,
    baseUrl,
    host: address.host,
    apiKey: keyFor(address.host, options.apiKey),
    timeoutMs,
    maxAttempts,
    extraBody,
    onWarning: options.onWarning ?? (() => {}),
  };
}

function addressOf(baseUrl: string): URL {
  const address = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (address?.protocol === "http:" || address?.protocol === "https:") return address;
  throw wrongOption("baseUrl", "an address such as http://localhost:8000/v1", baseUrl);
}

function keyFor(host: string, apiKey: string | undefined): string {
  if (apiKey !== undefined && apiKey !== "") return apiKey;
  if (host !== openaiHost) return "none";
  throw new QuorateError({
    code: "missing-key",
    what: "OPENAI_API_KEY is not set.",
    hint: "Set it to your key, or point OPENAI_BASE_URL at another server.",
  });
}

function requireCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw wrongOption(name, "an integer of at least 1", value);
}

function wrongOption(name: string, expected: string, seen: unknown): QuorateError {
  return new QuorateError({ code: "bad-option", what: `The option \`${name}\` cannot be used.`, expected, seen });
}
