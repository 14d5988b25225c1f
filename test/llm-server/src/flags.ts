import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { LlmServerOptions } from "./options.ts";

export const usageText = `Usage: node dist/main.js [flags]

  --host HOST  --port PORT            where to listen (127.0.0.1, a free port)
  --seed N                            of everything random (1)
  --options FILE                      all options as JSON; flags go before it
  --behaviour FILE                    answers by question, and faults, as JSON
  --fault KIND[=PROBABILITY] | JSON   may be repeated
  --journal FILE                      append every request to this JSONL file
  --model ID                          may be repeated
  --api-key KEY                       refuse requests without it
  --latency-ms N  --latency-sigma N  --per-token-ms N
  --chunk-tokens N  --chunk-ms N      pace of streams
  --price-input N  --price-cached N  --price-output N     US dollars per million tokens
  --requests N  --window-ms N         at most so many requests in each window (1000 ms)
  --max-concurrency N
  --max-choices N                     the largest n
  --prompt-cache MINIMUM              report cached tokens from this prompt length on
  --reasoning-tokens N                hidden tokens of each response
  --exit-with-stdin                   stop when standard input closes
`;

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;
const flag = { type: "boolean" } as const;

export interface Flags {
  readonly help: boolean;
  readonly exitWithStdin: boolean;
  /** Not validated yet. */
  readonly options: LlmServerOptions;
}

export function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: flag,
      "exit-with-stdin": flag,
      host: text,
      port: text,
      seed: text,
      options: text,
      behaviour: text,
      fault: texts,
      journal: text,
      model: texts,
      "api-key": text,
      "latency-ms": text,
      "latency-sigma": text,
      "per-token-ms": text,
      "chunk-tokens": text,
      "chunk-ms": text,
      "price-input": text,
      "price-cached": text,
      "price-output": text,
      requests: text,
      "window-ms": text,
      "max-concurrency": text,
      "max-choices": text,
      "prompt-cache": text,
      "reasoning-tokens": text,
    },
  });
  const base = values.options === undefined ? {} : readJson(values.options);
  const given = {
    host: values.host,
    port: number(values.port),
    seed: number(values.seed),
    behaviour: values.behaviour === undefined ? undefined : readJson(values.behaviour),
    faults: values.fault?.map(readFault),
    journal: values.journal,
    models: values.model?.map((id) => ({ id })),
    apiKey: values["api-key"],
    latency: merged(base.latency, {
      ms: number(values["latency-ms"]),
      sigma: number(values["latency-sigma"]),
      perTokenMs: number(values["per-token-ms"]),
    }),
    stream: merged(base.stream, {
      chunkTokens: number(values["chunk-tokens"]),
      chunkMs: number(values["chunk-ms"]),
    }),
    price: merged(base.price, {
      input: number(values["price-input"]),
      cachedInput: number(values["price-cached"]),
      output: number(values["price-output"]),
    }),
    rateLimit: merged(base.rateLimit, {
      requests: number(values.requests),
      windowMs: number(values["window-ms"]),
      concurrency: number(values["max-concurrency"]),
    }),
    maxChoices: number(values["max-choices"]),
    promptCache: wrapped("minimumTokens", values["prompt-cache"]),
    reasoningTokens: wrapped("median", values["reasoning-tokens"]),
  };
  return {
    help: values.help === true,
    exitWithStdin: values["exit-with-stdin"] === true,
    options: merged(base, given) as LlmServerOptions,
  };
}

function merged(base: unknown, over: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(over).filter(([, value]) => value !== undefined);
  return { ...(base as Record<string, unknown> | undefined), ...Object.fromEntries(given) };
}

function wrapped(name: string, value: string | undefined): Record<string, unknown> | undefined {
  return value === undefined ? undefined : { [name]: number(value) };
}

/** What is no number stays a text, for the validation to name. */
function number(value: string | undefined): unknown {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  return value.trim() === "" || Number.isNaN(parsed) ? value : parsed;
}

function readFault(value: string): unknown {
  if (value.startsWith("{")) return JSON.parse(value);
  const [kind, probability] = value.split("=", 2);
  return merged({ kind }, { probability: number(probability) });
}

function readJson(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`Expected ${path} to be a JSON file: ${error instanceof Error ? error.message : String(error)}`);
  }
}
