import { z } from "zod";
import { readReply } from "./follow-up/read-reply.ts";
import { endOf, optionLines, questionText, userMessage } from "./follow-up/shown.ts";
import type { Asking, Followed } from "./follow-up.ts";
import { followUpElicitor } from "./follow-up-elicitor.ts";
import { withoutStatedNumbers } from "./stated-number.ts";

const options = z.strictObject({ maxTokens: z.int().min(1).max(100_000).default(64) });

const task = `Judge how certain the author of a reply sounds, from the wording alone. Whether the reply is right does not matter.
Near 1: stated as a fact. Lower with every hedge such as "I think", "probably", "might be". Near 0: hedged throughout. 0: the author does not answer at all.`;

const examples = `Examples, all for the question "Who wrote the play?":
"I believe it was Marlowe." Confidence score: 0.8
"It was either Marlowe or Kyd." Confidence score: 0.5
"I am not certain, but it may have been Kyd, I suppose." Confidence score: 0.6
"I do not know." Confidence score: 0.0`;

/**
 * How certain a response sounds to a judge, after the numbers that it states about itself were taken out (LVU, 2505.23854;
 * values of the four examples as in its code). No score is no number: the code's 1 would flatter.
 */
export const linguisticJudge = followUpElicitor({
  name: "linguistic-judge",
  options,
  build: ({ maxTokens }) => {
    const asking = (followed: Followed, response: string): Asking => ({
      messages: userMessage(
        task,
        examples,
        `Question:\n${questionText(followed)}`,
        optionLines(followed.question) === "" ? "" : `Options:\n${optionLines(followed.question)}`,
        `Reply:\n${endOf(withoutStatedNumbers(response), followed.mostResponseBytes)}`,
        'Reply with one line of the form "Confidence score: x", x from 0 to 1.',
      ),
      maxTokens,
    });
    return {
      asks: "judge",
      when: "sample",
      means: "text",
      worstCalls: (shape) => [{ kind: "ask", asking: asking(shape, shape.response) }],
      async follow({ text }, context) {
        if (text === undefined) return { gap: "no-text" };
        return readReply(await context.ask(asking(context, text)), meanScore);
      },
    };
  },
});

const scoreLine = /confidence\s+score[*_\s]*[:=][*_\s]*(\d+(?:\.\d+)?|\.\d+)(?!\s*%)/gi;

/** Several scores are averaged; those outside [0,1] are none. */
function meanScore(reply: string): number | undefined {
  const named = [...reply.matchAll(scoreLine)].map((match) => Number(match[1]));
  const alone = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*$/.exec(reply)?.[1];
  const scores = (named.length > 0 ? named : alone === undefined ? [] : [Number(alone)]).filter((score) => score <= 1);
  return scores.length === 0 ? undefined : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
