import { z } from "zod";
import { type Elicitor, scoreOf } from "./elicitor.ts";
import { endOf } from "./follow-up/shown.ts";
import type { Followed, Scoring } from "./follow-up.ts";
import { followUpBuilder } from "./follow-up-elicitor.ts";

const options = z.strictObject({
  token: z.string().min(1).default("<CNF>"),
  /**
   * Where the paper's z is, which its sources leave open. A: the last token of the response, so that the value is the
   * probability that the confidence token comes next. B: the confidence token itself, fed as one more token.
   */
  position: z.enum(["A", "B"]).default("A"),
});

/**
 * Probability of the confidence token after the response: GrACE (2509.09438), c = softmax(E·z) at that token. Where samples
 * do not bring it, the server's scoring endpoint does: prefill only, nothing is generated.
 */
export const specialToken: Elicitor = {
  name: "special-token",
  needs: "special-token",
  score: scoreOf("special-token"),
  followUp: followUpBuilder({
    name: "special-token",
    options,
    build: ({ token, position }) => {
      const scoring = ({ messages, mostResponseBytes }: Followed, response: string): Scoring => ({
        messages: [...messages, { role: "assistant", content: endOf(response, mostResponseBytes) }],
        prefix: position === "A" ? "" : token,
        candidates: [token],
      });
      return {
        asks: "model",
        when: "sample",
        means: "score",
        worstCalls: (shape) => [{ kind: "score", scoring: scoring(shape, shape.response) }],
        async follow({ text }, context) {
          if (text === undefined) return { gap: "no-text" };
          const answered = await context.score(scoring(context, text));
          if (answered.kind === "failed") return { gap: "failed", detail: answered.detail };
          const [logprob] = answered.result;
          return typeof logprob === "number" ? { signal: Math.exp(logprob) } : { gap: "censored" };
        },
      };
    },
  }),
};
