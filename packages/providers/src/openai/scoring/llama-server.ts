import type { Reading } from "@quorate/core";
import { byContext, type Dialect, type Fields, tokenList, UnreadableScores } from "./dialect.ts";

/**
 * So many of the likeliest tokens are asked for, as llama-server names none by id. What is not among them has a
 * probability of at most one in so many.
 */
const shownTokens = 5000;

/** llama.cpp's own server (server source and README of master). */
export const llamaServer: Dialect = {
  /** A last message of the assistant is gone on with, as in chat completions (README; older builds close its turn). */
  async promptTokens(server, messages) {
    const { prompt } = await server.look("/apply-template", { messages });
    if (typeof prompt !== "string") throw new UnreadableScores("/apply-template", "prompt");
    const body = { content: prompt, add_special: true, parse_special: true };
    return tokenList((await server.look("/tokenize", body)).tokens, "/tokenize");
  },
  async tokensOf(server, content) {
    const body = { content, add_special: false, parse_special: true };
    return tokenList((await server.look("/tokenize", body)).tokens, "/tokenize");
  },
  async logprobs(server, prompt, steps) {
    const found = new Array<Reading>(steps.length);
    for (const { after, places } of byContext(steps)) {
      const body = {
        prompt: [...prompt, ...after],
        n_predict: 1,
        n_probs: shownTokens,
        // Before sampling: a plain softmax of the logits. The README says so for temperatures below 0, hence this one.
        post_sampling_probs: false,
        temperature: -1,
        cache_prompt: true,
      };
      const reply = await server.compute("/completion", body, {
        inputTokens: prompt.length + after.length,
        outputTokens: 1,
      });
      const shown = shownIn(reply);
      for (const place of places) found[place] = shown.get(steps[place]!.token) ?? "censored";
    }
    return found;
  },
};

function shownIn({ completion_probabilities: places }: Fields): ReadonlyMap<number, number> {
  const [place] = Array.isArray(places) ? (places as readonly ({ top_logprobs?: unknown } | null)[]) : [];
  if (!Array.isArray(place?.top_logprobs)) throw new UnreadableScores("/completion", "completion_probabilities");
  const shown = new Map<number, number>();
  for (const one of place.top_logprobs as readonly ({ id?: unknown; logprob?: unknown } | null)[]) {
    if (typeof one?.id === "number" && typeof one.logprob === "number") shown.set(one.id, Math.min(0, one.logprob));
  }
  return shown;
}
