import type { Message, Reading } from "@quorate/core";
import { censoredLogprob } from "../../trace/fields.ts";
import {
  byContext,
  type Dialect,
  isContinued,
  logOf,
  type ScoringServer,
  type Step,
  tokenList,
  UnreadableScores,
} from "./dialect.ts";

/** Form of `/tokenize` as clients of vLLM send it (read in third-party code; not in vLLM's own reference pages). */
async function promptTokens(server: ScoringServer, messages: readonly Message[]): Promise<readonly number[]> {
  const continued = isContinued(messages);
  const body = {
    model: server.model,
    messages,
    add_generation_prompt: !continued,
    continue_final_message: continued,
    add_special_tokens: false,
  };
  return tokenList((await server.look("/tokenize", body)).tokens, "/tokenize");
}

async function tokensOf(server: ScoringServer, prompt: string): Promise<readonly number[]> {
  const body = { model: server.model, prompt, add_special_tokens: false };
  return tokenList((await server.look("/tokenize", body)).tokens, "/tokenize");
}

/**
 * vLLM's generative scoring: prefill only, all contexts of a token in one request, the prompt in its cache. The score is
 * that of the first label alone, so each token is a request (server source; in 0.22.1). Longer prompts than the model
 * takes are cut by the server without a word.
 */
export const vllm: Dialect = {
  promptTokens,
  tokensOf,
  async logprobs(server, prompt, steps) {
    const found = new Array<Reading>(steps.length);
    for (const token of new Set(steps.map((step) => step.token))) {
      const places = [...steps.keys()].filter((place) => steps[place]!.token === token);
      const body = {
        model: server.model,
        query: prompt.slice(0, -1),
        // An item must not be empty: the prompt's last token begins each.
        items: places.map((place) => [...prompt.slice(-1), ...steps[place]!.after]),
        label_token_ids: [token],
        apply_softmax: false,
        add_special_tokens: false,
      };
      const { data } = await server.compute("/generative_scoring", body, {
        inputTokens: places.reduce((sum, place) => sum + prompt.length + steps[place]!.after.length, 0),
        outputTokens: places.length,
      });
      places.forEach((place, item) => {
        found[place] = logOf(scoreOf(data, item), "/generative_scoring");
      });
    }
    return found;
  },
};

function scoreOf(data: unknown, item: number): unknown {
  if (!Array.isArray(data)) throw new UnreadableScores("/generative_scoring", "scores");
  const scores = data as readonly ({ readonly index?: unknown; readonly score?: unknown } | null)[];
  return (scores.find((one) => one?.index === item) ?? scores[item])?.score;
}

/**
 * The same through `/v1/completions` with `logprob_token_ids`: all named tokens come back, whatever the top is (server
 * source). One token is generated for each context.
 */
export const vllmCompletions: Dialect = {
  promptTokens,
  tokensOf,
  async logprobs(server, prompt, steps) {
    const found = new Array<Reading>(steps.length);
    for (const { after, places } of byContext(steps)) {
      const tokens = [...new Set(places.map((place) => steps[place]!.token))];
      const body = {
        model: server.model,
        prompt: [...prompt, ...after],
        max_tokens: 1,
        temperature: 0,
        logprobs: 1,
        logprob_token_ids: tokens,
        return_tokens_as_token_ids: true,
        add_special_tokens: false,
      };
      const reply = await server.compute("completions", body, {
        inputTokens: prompt.length + after.length,
        outputTokens: 1,
      });
      for (const place of places) found[place] = shownAt(reply, steps[place]!);
    }
    return found;
  },
};

function shownAt({ choices }: { readonly choices?: unknown }, { token }: Step): Reading {
  const [choice] = Array.isArray(choices)
    ? (choices as readonly ({ logprobs?: { top_logprobs?: unknown } | null } | null)[])
    : [];
  const tops = choice?.logprobs?.top_logprobs;
  const shown = Array.isArray(tops)
    ? (tops[0] as Readonly<Record<string, unknown>> | undefined)?.[`token_id:${token}`]
    : undefined;
  if (typeof shown !== "number") throw new UnreadableScores("/v1/completions", `log-probability of token ${token}`);
  return shown <= censoredLogprob ? "censored" : Math.min(0, shown);
}
