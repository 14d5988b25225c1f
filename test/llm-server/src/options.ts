import { z } from "zod";
import { behaviourSchema } from "./behaviour.ts";
import { faultRuleSchema } from "./fault-rule.ts";
import { priceSchema } from "./price.ts";

const latencySchema = z.strictObject({
  /** Median time to the first token. */
  ms: z.number().min(0).default(0),
  /** Spread of the log-normal; 0 is a fixed time. */
  sigma: z.number().min(0).default(0),
  /** Choices of one request are generated side by side, so the longest counts. */
  perTokenMs: z.number().min(0).default(0),
});

const optionsSchema = z.strictObject({
  host: z.string().default("127.0.0.1"),
  /** 0: a free port. */
  port: z.int().min(0).max(65535).default(0),
  seed: z.int().default(1),
  /** Listed by `/v1/models`; a price here goes before `price`. */
  models: z
    .array(z.strictObject({ id: z.string().min(1), price: priceSchema.optional() }))
    .min(1)
    .default([{ id: "fake-model" }]),
  /** Refuse other models with 404. */
  knownModelsOnly: z.boolean().default(false),
  /** When given, requests without this bearer key get 401. */
  apiKey: z.string().optional(),
  behaviour: behaviourSchema.prefault({}),
  /** Tried before the faults of the behaviour. */
  faults: z.array(faultRuleSchema).default([]),
  latency: latencySchema.prefault({}),
  stream: z
    .strictObject({
      chunkTokens: z.int().min(1).default(1),
      /** Between chunks, on top of `latency.perTokenMs`. */
      chunkMs: z.number().min(0).default(0),
    })
    .prefault({}),
  price: priceSchema.prefault({}),
  /** Reports cached tokens: whole blocks of a prompt whose first token was served before. */
  promptCache: z
    .strictObject({ minimumTokens: z.int().min(1).default(1024), blockTokens: z.int().min(1).default(128) })
    .optional(),
  /** Hidden tokens before each response, log-normal; they count against the token limit and are billed. */
  reasoningTokens: z.strictObject({ median: z.number().min(0), sigma: z.number().min(0).default(0) }).optional(),
  rateLimit: z
    .strictObject({
      requests: z.int().min(1).optional(),
      windowMs: z.number().positive().default(1000),
      concurrency: z.int().min(1).optional(),
    })
    .prefault({}),
  /** The largest `n`. */
  maxChoices: z.int().min(1).default(128),
  /** The largest `top_logprobs`. */
  maxTopLogprobs: z.int().min(0).max(20).default(20),
  /** A JSONL file that gets every entry before the last byte of its response leaves. */
  journal: z.string().min(1).optional(),
  /** Entries kept in memory; totals stay exact beyond. */
  keepEntries: z.int().min(0).default(100_000),
  /** Keep the body and headers of each request in the entries in memory. */
  keepRequests: z.boolean().default(false),
});

/** All optional. */
export type LlmServerOptions = z.input<typeof optionsSchema>;
export type Options = z.output<typeof optionsSchema>;

export function parseOptions(given: unknown): Options {
  const parsed = optionsSchema.safeParse(given);
  if (!parsed.success) throw new TypeError(`LLM server options: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
