import { promptTokenBound } from "../../prices/cost.ts";
import { byContext, type Dialect, type Fields, isContinued, logOf, tokenList, UnreadableScores } from "./dialect.ts";

/** SGLang's `/v1/score`: all tokens of all contexts in one request (server source). */
export const sglang: Dialect = {
  /**
   * SGLang's `/tokenize` takes no conversation, so one token is generated for the sake of the prompt's tokens. The request
   * fields are read in the server's source; where the reply keeps the tokens is not certain, so both places are tried.
   */
  async promptTokens(server, messages) {
    const continued = isContinued(messages);
    const body = {
      model: server.model,
      messages,
      max_tokens: 1,
      temperature: 0,
      return_prompt_token_ids: true,
      ...(continued && { continue_final_message: true }),
    };
    const reply = await server.compute("chat/completions", body, {
      inputTokens: promptTokenBound(messages),
      outputTokens: 1,
    });
    const [choice] = Array.isArray(reply.choices) ? (reply.choices as readonly (Fields | null)[]) : [];
    return tokenList(reply.prompt_token_ids ?? choice?.prompt_token_ids, "/v1/chat/completions");
  },
  async tokensOf(server, prompt) {
    const body = { model: server.model, prompt, add_special_tokens: false };
    return tokenList((await server.look("/tokenize", body)).tokens, "/tokenize");
  },
  async logprobs(server, prompt, steps) {
    const contexts = byContext(steps);
    const tokens = [...new Set(steps.map(({ token }) => token))];
    const body = {
      model: server.model,
      query: prompt.slice(0, -1),
      items: contexts.map(({ after }) => [...prompt.slice(-1), ...after]),
      label_token_ids: tokens,
      apply_softmax: false,
      item_first: false,
    };
    const { scores } = await server.compute("score", body, {
      inputTokens: contexts.reduce((sum, { after }) => sum + prompt.length + after.length, 0),
      outputTokens: contexts.length,
    });
    if (!Array.isArray(scores) || scores.length !== contexts.length) throw new UnreadableScores("/v1/score", "scores");
    const found = new Array<number>(steps.length);
    contexts.forEach(({ places }, item) => {
      const row = scores[item] as readonly unknown[] | undefined;
      // Without the softmax over labels the values are probabilities over the vocabulary (server source).
      for (const place of places) found[place] = logOf(row?.[tokens.indexOf(steps[place]!.token)], "/v1/score");
    });
    return found;
  },
};
