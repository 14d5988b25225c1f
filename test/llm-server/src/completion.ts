import type { AnswerSource } from "./answer-source.ts";
import type { ChatRequest } from "./chat-request.ts";
import type { FaultRule } from "./fault-rule.ts";
import type { Choice } from "./generation.ts";
import { tokenLogprobs } from "./logprobs.ts";
import type { Options } from "./options.ts";
import type { BilledUsage } from "./price.ts";

/** Everything a response is written from. */
export interface Completion {
  readonly id: string;
  readonly chat: ChatRequest;
  readonly choices: readonly Choice[];
  readonly usage: BilledUsage;
  readonly source: AnswerSource;
  readonly fault: FaultRule | undefined;
  readonly options: Options;
}

export function completionBody(completion: Completion): string {
  const { chat, choices, fault, usage, options } = completion;
  if (chat.scoring !== undefined) return chat.scoring.body(completion.source);
  const shown = fault?.kind === "empty-choices" ? [] : choices;
  const list = shown.map((choice) => choiceJson(choice, completion)).join(",");
  const promptTokens =
    chat.promptTokenIds === undefined ? "" : `,"prompt_token_ids":${JSON.stringify(chat.promptTokenIds)}`;
  const tail = fault?.kind === "missing-usage" ? "" : `,"usage":${usageJson(usage, options)}`;
  return `${envelope(completion, "chat.completion")},"choices":[${list}]${promptTokens}${tail}}`;
}

/** The beginning of a body or chunk, left open. */
export function envelope({ id, chat, options }: Completion, object: string): string {
  const created = Math.floor(Date.now() / 1000);
  return `{"id":"${id}","object":"${object}","created":${created},"model":${JSON.stringify(chat.model)},"service_tier":"default","system_fingerprint":"fp_${options.seed}"`;
}

/** Details are there only when the server is configured to have something to say in them. */
export function usageJson(usage: BilledUsage, options: Options): string {
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage;
  const cached =
    options.promptCache === undefined
      ? ""
      : `,"prompt_tokens_details":{"cached_tokens":${cachedInputTokens},"audio_tokens":0}`;
  const reasoning =
    options.reasoningTokens === undefined
      ? ""
      : `,"completion_tokens_details":{"reasoning_tokens":${reasoningTokens},"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}`;
  return `{"prompt_tokens":${inputTokens},"completion_tokens":${outputTokens},"total_tokens":${inputTokens + outputTokens}${cached}${reasoning}}`;
}

/** Undefined when the request wants none, and for a megabyte of hostile text, whose logprobs would fill the memory. */
export function choiceLogprobs(choice: Choice, { chat, fault }: Completion): string[] | undefined {
  if (chat.topLogprobs === undefined || fault?.kind === "missing-logprobs") return undefined;
  if (fault?.kind === "hostile-content") return undefined;
  return tokenLogprobs(choice, chat.topLogprobs, fault?.kind === "censored-logprobs" ? fault.share : 0);
}

function choiceJson(choice: Choice, completion: Completion): string {
  const role = completion.fault?.kind === "missing-role" ? "" : '"role":"assistant",';
  const refused = choice.refusal !== undefined;
  const content = refused ? "null" : JSON.stringify(choice.text);
  const refusal = refused ? JSON.stringify(choice.refusal) : "null";
  const tokens = choiceLogprobs(choice, completion);
  const logprobs = tokens === undefined ? "null" : `{"content":[${tokens.join(",")}],"refusal":null}`;
  return `{"index":${choice.index},"message":{${role}"content":${content},"refusal":${refusal},"annotations":[]},"logprobs":${logprobs},"finish_reason":"${choice.finishReason}"}`;
}
