import { z } from "zod";
import type { AnswerSource } from "./answer-source.ts";
import type { ChatRequest } from "./chat-request.ts";
import { type ApiError, invalidRequest } from "./error-body.ts";
import { chatText, nextTokens } from "./next-token.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Servers other than OpenAI's tell the probability of tokens that are named; each has a path of its own. */
export const scoringPaths = ["/generative_scoring", "/v1/completions", "/v1/score", "/completion"] as const;
export type ScoringPath = (typeof scoringPaths)[number];

const ids = z.array(z.int().min(0));
const items = z.object({
  model: z.string().min(1),
  query: ids,
  items: z.array(ids.min(1)).min(1),
  label_token_ids: ids.min(1),
  apply_softmax: z.literal(false),
});

const schemas = {
  "/generative_scoring": items.extend({ add_special_tokens: z.literal(false) }),
  "/v1/score": items.extend({ item_first: z.literal(false) }),
  "/v1/completions": z.object({
    model: z.string().min(1),
    prompt: ids.min(1),
    max_tokens: z.literal(1),
    logprobs: z.literal(1),
    logprob_token_ids: ids.min(1),
    return_tokens_as_token_ids: z.literal(true),
  }),
  "/completion": z.object({
    prompt: ids.min(1),
    n_predict: z.literal(1),
    n_probs: z.int().min(1),
    post_sampling_probs: z.literal(false),
  }),
} satisfies Record<ScoringPath, z.ZodType>;

/** A request for scores in the words of one for chat, so that faults, latency and billing are the same. */
export function readScoringRequest(
  path: ScoringPath,
  body: unknown,
  vocabulary: Vocabulary,
): ChatRequest | { readonly error: ApiError } {
  const parsed = schemas[path].safeParse(body);
  if (!parsed.success) return { error: invalidRequest(z.prettifyError(parsed.error), null, null) };
  const wire = parsed.data;
  const prompts = "items" in wire ? wire.items.map((item) => [...wire.query, ...item]) : [wire.prompt];
  const texts = prompts.map((prompt) => vocabulary.textOf(prompt));
  const inputTokens = prompts.reduce((sum, prompt) => sum + prompt.length, 0);
  const generates = !("items" in wire);
  return {
    model: "model" in wire ? wire.model : "fake-model",
    promptText: texts[0]!,
    contents: texts,
    n: 1,
    stream: false,
    includeUsage: false,
    topLogprobs: undefined,
    seed: undefined,
    greedy: true,
    maxTokens: 1,
    wantsJson: false,
    promptTokenIds: undefined,
    sends: (parameter) => Object.hasOwn(body as object, parameter),
    scoring: {
      inputTokens,
      outputTokens: generates ? 1 : 0,
      body: (source) => JSON.stringify(replies[path](wire, source, texts, inputTokens, vocabulary)),
    },
  };
}

type Wire = z.output<(typeof schemas)[ScoringPath]>;
type Write = (
  wire: Wire,
  source: AnswerSource,
  texts: readonly string[],
  tokens: number,
  vocabulary: Vocabulary,
) => object;

/** The forms that the servers answer in, as far as anybody reads them. */
const replies: Readonly<Record<ScoringPath, Write>> = {
  "/generative_scoring": (wire, source, texts, tokens, vocabulary) => ({
    object: "list",
    data: texts.map((text, index) => ({
      index,
      object: "score",
      score: probabilityOf(labelsIn(wire)[0]!, source, text, vocabulary),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens, completion_tokens: 0 },
  }),
  "/v1/score": (wire, source, texts, tokens, vocabulary) => ({
    object: "scoring",
    scores: texts.map((text) => labelsIn(wire).map((id) => probabilityOf(id, source, text, vocabulary))),
    usage: { prompt_tokens: tokens, total_tokens: tokens, completion_tokens: 0 },
  }),
  "/v1/completions": (wire, source, [text = ""], tokens, vocabulary) => ({
    object: "text_completion",
    choices: [
      {
        index: 0,
        text: "x",
        finish_reason: "length",
        logprobs: {
          tokens: ["token_id:0"],
          token_logprobs: [-1],
          top_logprobs: [
            Object.fromEntries(
              labelsIn(wire).map((id) => [`token_id:${id}`, shownLog(probabilityOf(id, source, text, vocabulary))]),
            ),
          ],
        },
      },
    ],
    usage: { prompt_tokens: tokens, completion_tokens: 1, total_tokens: tokens + 1 },
  }),
  "/completion": (wire, source, [text = ""], tokens, vocabulary) => ({
    content: "x",
    tokens_evaluated: tokens,
    tokens_predicted: 1,
    completion_probabilities: [
      {
        id: 0,
        token: "x",
        logprob: -1,
        top_logprobs: [...nextTokens(source, text, vocabulary)]
          .sort(([, a], [, b]) => b - a)
          .slice(0, "n_probs" in wire ? wire.n_probs : 0)
          .map(([token, probability]) => ({
            id: vocabulary.idsOf(token)[0],
            token,
            bytes: [...Buffer.from(token)],
            logprob: Math.log(probability),
          })),
      },
    ],
  }),
};

function labelsIn(wire: Wire): readonly number[] {
  if ("label_token_ids" in wire) return wire.label_token_ids;
  return "logprob_token_ids" in wire ? wire.logprob_token_ids : [];
}

function probabilityOf(id: number, source: AnswerSource, text: string, vocabulary: Vocabulary): number {
  return nextTokens(source, text, vocabulary).get(vocabulary.textOf([id])) ?? 1e-9;
}

/** vLLM shows nothing below this. */
function shownLog(probability: number): number {
  return probability <= 1e-9 ? -9999 : Math.log(probability);
}

const look = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })).optional(),
  prompt: z.string().optional(),
  content: z.string().optional(),
  continue_final_message: z.boolean().optional(),
});

/** `/tokenize` and `/apply-template`: free, and not in the journal. Undefined for a body that is none of theirs. */
export function lookUp(
  path: "/tokenize" | "/apply-template",
  body: unknown,
  vocabulary: Vocabulary,
): object | undefined {
  const parsed = look.safeParse(body);
  if (!parsed.success) return undefined;
  const { messages, prompt, content, continue_final_message: continued } = parsed.data;
  if (path === "/apply-template") {
    // llama-server goes on with a last message of the assistant by itself.
    return messages === undefined ? undefined : { prompt: chatText(messages, messages.at(-1)?.role === "assistant") };
  }
  const text = messages === undefined ? (prompt ?? content) : chatText(messages, continued === true);
  if (text === undefined) return undefined;
  const tokens = vocabulary.idsOf(text);
  return { count: tokens.length, max_model_len: 4096, tokens };
}
