export const openaiHost = "api.openai.com";

/** What a model behind a server takes, before anything was learned from its answers. */
export interface ModelCapabilities {
  readonly samplesPerRequest: number;
  readonly temperature: boolean;
  readonly logprobs: boolean;
  /** Of the likeliest tokens at each place. */
  readonly topLogprobs: number;
  readonly seed: boolean;
  readonly limitField: "max_tokens" | "max_completion_tokens";
}

/** OpenAI's limit, and the default of vLLM and Ollama. */
const mostTopLogprobs = 20;

/** Servers that nobody told us about: what the oldest of them took. */
const compatible: ModelCapabilities = {
  samplesPerRequest: 1,
  temperature: true,
  logprobs: true,
  topLogprobs: mostTopLogprobs,
  seed: true,
  limitField: "max_tokens",
};

/** `n` up to 128: so a wave is one request and its prompt is paid once. */
const openaiChat: ModelCapabilities = { ...compatible, samplesPerRequest: 128 };

/** Reasoning models sample on their own terms, and with `n` they were seen to repeat one answer. */
const openaiReasoning: ModelCapabilities = {
  samplesPerRequest: 1,
  temperature: false,
  logprobs: false,
  topLogprobs: 0,
  seed: true,
  limitField: "max_completion_tokens",
};

/** First match counts. From GPT-5.1 on, effort `none` turns a reasoning model into one that takes sampling parameters. */
const openaiModels: readonly { readonly name: RegExp; readonly can: ModelCapabilities }[] = [
  { name: /^gpt-5[\w.-]*-chat/, can: { ...openaiChat, limitField: "max_completion_tokens" } },
  { name: /^(o\d|gpt-5|gpt-6)/, can: openaiReasoning },
];

export function modelCapabilities(model: string, host: string, reasoningEffort?: unknown): ModelCapabilities {
  if (host !== openaiHost) return compatible;
  const can = openaiModels.find(({ name }) => name.test(model))?.can ?? openaiChat;
  return can === openaiReasoning && reasoningEffort === "none"
    ? { ...can, temperature: true, logprobs: true, topLogprobs: mostTopLogprobs }
    : can;
}
