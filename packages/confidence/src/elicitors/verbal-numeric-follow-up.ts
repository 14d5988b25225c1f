import { z } from "zod";
import { readReply } from "./follow-up/read-reply.ts";
import { afterResponse } from "./follow-up/shown.ts";
import type { Asking, Followed } from "./follow-up.ts";
import { followUpElicitor } from "./follow-up-elicitor.ts";
import { statedNumber } from "./stated-number.ts";

const options = z.strictObject({
  /** Of the reply; models that think first need many more. */
  maxTokens: z.int().min(1).max(100_000).default(32),
});

const question =
  "How likely is it that your answer is right? Reply with one number from 0 (surely wrong) to 100 (surely right) and nothing else.";

/** A number from 0 to 100, asked for in the next turn (CISC 2502.06233, verbal 0–100). */
export const verbalNumericFollowUp = followUpElicitor({
  name: "verbal-numeric-follow-up",
  options,
  build: ({ maxTokens }) => {
    const asking = (followed: Followed, response: string): Asking => ({
      messages: afterResponse(followed, response, question),
      maxTokens,
    });
    return {
      asks: "model",
      when: "sample",
      means: "text",
      worstCalls: (shape) => [{ kind: "ask", asking: asking(shape, shape.response) }],
      async follow({ text }, context) {
        if (text === undefined) return { gap: "no-text" };
        return readReply(await context.ask(asking(context, text)), statedNumber);
      },
    };
  },
});
