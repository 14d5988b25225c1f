import { z } from "zod";
import type { AnswerSource } from "./answer-source.ts";
import { type ApiError, invalidRequest } from "./error-body.ts";
import { chatText } from "./next-token.ts";
import type { Options } from "./options.ts";
import type { Vocabulary } from "./vocabulary.ts";

const partSchema = z.object({ type: z.string(), text: z.string().optional() });

const chatRequestSchema = z.object({
  model: z.string().min(1),
  messages: z
    .array(
      z.object({
        role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
        content: z.union([z.string(), z.array(partSchema)]).nullish(),
      }),
    )
    .min(1),
  n: z.int().min(1).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  seed: z.int().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  response_format: z.object({ type: z.string() }).nullish(),
  return_prompt_token_ids: z.boolean().nullish(),
  continue_final_message: z.boolean().nullish(),
});

type WireRequest = z.output<typeof chatRequestSchema>;

/** A request in the server's own words. */
export interface ChatRequest {
  readonly model: string;
  /** Roles and contents of all messages. */
  readonly promptText: string;
  readonly contents: readonly string[];
  readonly n: number;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** Absent when no logprobs are wanted. */
  readonly topLogprobs: number | undefined;
  readonly seed: number | undefined;
  readonly greedy: boolean;
  readonly maxTokens: number;
  readonly wantsJson: boolean;
  /** Of the conversation, for a request that wants them back. */
  readonly promptTokenIds: readonly number[] | undefined;
  readonly sends: (parameter: string) => boolean;
  /** Present where probabilities of tokens are wanted, and no response. */
  readonly scoring?: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly body: (source: AnswerSource) => string;
  };
}

export function readChatRequest(
  body: unknown,
  { maxChoices, maxTopLogprobs }: Pick<Options, "maxChoices" | "maxTopLogprobs">,
  vocabulary: Vocabulary,
): ChatRequest | { readonly error: ApiError } {
  const parsed = chatRequestSchema.safeParse(body);
  if (!parsed.success) return { error: describe(parsed.error.issues[0], body) };
  const wire = parsed.data;
  const n = wire.n ?? 1;
  if (n > maxChoices) {
    return {
      error: invalidRequest(`Invalid 'n': expected at most ${maxChoices}, got ${n}.`, "n", "integer_above_max_value"),
    };
  }
  const top = wire.top_logprobs ?? 0;
  if (top > maxTopLogprobs) {
    const message = `Invalid 'top_logprobs': expected at most ${maxTopLogprobs}, got ${top}.`;
    return { error: invalidRequest(message, "top_logprobs", "integer_above_max_value") };
  }
  if (wire.top_logprobs != null && wire.logprobs !== true) {
    return {
      error: invalidRequest("'top_logprobs' is only allowed when 'logprobs' is enabled.", "top_logprobs", null),
    };
  }
  return fromWire(wire, n, body as object, vocabulary);
}

function fromWire(wire: WireRequest, n: number, body: object, vocabulary: Vocabulary): ChatRequest {
  const contents = wire.messages.map(({ content }) =>
    typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join(""),
  );
  return {
    model: wire.model,
    promptText: wire.messages.map(({ role }, index) => `${role}\n${contents[index]}`).join("\n\n"),
    contents,
    n,
    stream: wire.stream === true,
    includeUsage: wire.stream_options?.include_usage === true,
    topLogprobs: wire.logprobs === true ? (wire.top_logprobs ?? 0) : undefined,
    seed: wire.seed ?? undefined,
    greedy: wire.temperature === 0,
    maxTokens: wire.max_completion_tokens ?? wire.max_tokens ?? Number.POSITIVE_INFINITY,
    wantsJson: wire.response_format?.type.startsWith("json") === true,
    promptTokenIds:
      wire.return_prompt_token_ids === true
        ? vocabulary.idsOf(chatText(wire.messages, wire.continue_final_message === true))
        : undefined,
    sends: (parameter) => Object.hasOwn(body, parameter),
  };
}

function describe(issue: z.core.$ZodIssue | undefined, body: unknown): ApiError {
  if (issue === undefined || issue.path.length === 0) {
    return invalidRequest("We could not parse the JSON body of your request.", null, null);
  }
  const param = issue.path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .slice(1);
  const first = issue.path[0];
  if (issue.path.length === 1 && !(String(first) in (body as object))) {
    return invalidRequest(`Missing required parameter: '${param}'.`, param, "missing_required_parameter");
  }
  const code = issue.code === "invalid_type" ? "invalid_type" : "invalid_value";
  return invalidRequest(`Invalid value for '${param}': ${issue.message}.`, param, code);
}
