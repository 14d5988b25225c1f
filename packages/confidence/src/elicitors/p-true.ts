import type { Reading } from "@quorate/core";
import { z } from "zod";
import { labelMass, shareOf } from "./follow-up/label-mass.ts";
import { afterResponse } from "./follow-up/shown.ts";
import type { Answered, Elicited, FollowUpContext, FollowUpElicitor, Reply, Scores } from "./follow-up.ts";
import { followUpElicitor } from "./follow-up-elicitor.ts";

const labels = {
  "true-false": ["True", "False"],
  "yes-no": ["Yes", "No"],
  /** CISC's binary form (2502.06233). */
  "one-zero": ["1", "0"],
} as const;

const options = z.strictObject({
  labels: z.enum(["true-false", "yes-no", "one-zero"]).default("true-false"),
  /** Where the probabilities come from: the reply's first token, or the server's scoring endpoint. */
  through: z.enum(["reply", "score"]).default("reply"),
  /** Widest bounds of which the middle still counts as a number. */
  tolerance: z.number().min(0).max(1).default(0.1),
});

/**
 * P(True): the model is asked in the next turn whether its answer is right, and its probability of the first label is set
 * against the second (Kadavath et al. 2207.05221; as a vote's weight: CISC 2502.06233, CaTS 2503.00031). What the server
 * hides of the two is bounded by the mass it did not show, never guessed.
 */
export const pTrue = followUpElicitor({
  name: "p-true",
  options,
  build: ({ labels: names, through, tolerance }): Omit<FollowUpElicitor, "options"> => {
    const [right, wrong] = labels[names];
    const question = `Is your answer right? Reply with one word, ${right} or ${wrong}.`;
    const asking = (context: Parameters<typeof afterResponse>[0], response: string) => ({
      messages: afterResponse(context, response, question),
      maxTokens: 1,
      topLogprobs: 20,
    });
    const scoring = (context: Parameters<typeof afterResponse>[0], response: string) => ({
      messages: afterResponse(context, response, question),
      prefix: "",
      candidates: [right, wrong],
    });
    return {
      asks: "model",
      when: "sample",
      means: through === "score" ? "score" : "logprobs",
      worstCalls: (shape) => [
        through === "score"
          ? { kind: "score", scoring: scoring(shape, shape.response) }
          : { kind: "ask", asking: asking(shape, shape.response) },
      ],
      async follow({ text }, context: FollowUpContext) {
        if (text === undefined) return { gap: "no-text" };
        return through === "score"
          ? fromScores(await context.score(scoring(context, text)))
          : fromReply(await context.ask(asking(context, text)), right, wrong, tolerance);
      },
    };
  },
});

function fromReply(answered: Answered<Reply>, right: string, wrong: string, tolerance: number): Elicited {
  if (answered.kind === "failed") return { gap: "failed", detail: answered.detail };
  const { finishReason, tokens } = answered.result;
  if (finishReason === "refusal" || finishReason === "content-filter") return { gap: "refused" };
  if (tokens === undefined || tokens.length === 0) return { gap: "no-logprobs" };
  const mass = labelMass(tokens[0]!, [right, wrong]);
  if (mass === "censored") return { gap: "censored" };
  const share = shareOf(mass);
  if (share === undefined) return { gap: "no-label" };
  const [low, high] = share;
  if (high - low > tolerance) return { gap: "censored", bounds: share };
  return low === high ? { signal: low } : { signal: (low + high) / 2, bounds: share };
}

function fromScores(answered: Answered<Scores>): Elicited {
  if (answered.kind === "failed") return { gap: "failed", detail: answered.detail };
  const [right, wrong] = answered.result.map(probabilityOf);
  if (right === undefined || wrong === undefined) return { gap: "censored" };
  return right + wrong > 0 ? { signal: right / (right + wrong) } : { gap: "no-label" };
}

function probabilityOf(logprob: Reading): number | undefined {
  return logprob === "censored" ? undefined : Math.exp(logprob);
}
