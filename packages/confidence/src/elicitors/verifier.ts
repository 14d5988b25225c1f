import { z } from "zod";
import { readReply } from "./follow-up/read-reply.ts";
import { endOf, mostAnswerBytes, optionLines, questionText, userMessage } from "./follow-up/shown.ts";
import type { Asking, Followed } from "./follow-up.ts";
import { followUpElicitor } from "./follow-up-elicitor.ts";

const options = z.strictObject({
  /** Of the reply, a candidate. */
  tokensPerCandidate: z.int().min(4).max(10_000).default(16),
});

/**
 * A judge sees the question and all answers of a wave at once and says for each how likely it is right: one call a wave.
 * Its price is that of its first sample; the others of the wave share it.
 */
export const verifier = followUpElicitor({
  name: "verifier",
  options,
  build: ({ tokensPerCandidate }) => {
    const asking = (followed: Followed, candidates: readonly string[]): Asking => ({
      messages: userMessage(
        `Question:\n${questionText(followed)}`,
        optionLines(followed.question) === "" ? "" : `Options:\n${optionLines(followed.question)}`,
        `Candidate answers:\n${candidates.map((answer, place) => `${place + 1}. ${answer}`).join("\n")}`,
        'For each candidate say how likely it is the right answer, one line each of the form "1: 70", the candidate\'s number and a number from 0 to 100. Write nothing else.',
      ),
      maxTokens: tokensPerCandidate * candidates.length,
    });
    return {
      asks: "judge",
      when: "wave",
      means: "text",
      // Waves of one are the dearest: their prompts together hold all that one long list does, and repeat the question.
      worstCalls: (shape) => [{ kind: "ask", asking: asking(shape, [shape.answer]) }],
      async follow({ answer }, context) {
        const candidates = [...new Set(context.wave.map((sample) => endOf(oneLine(sample.answer), mostAnswerBytes)))];
        const place = candidates.indexOf(endOf(oneLine(answer), mostAnswerBytes));
        return readReply(await context.ask(asking(context, candidates)), (text) => scoreAt(text, place + 1));
      },
    };
  },
});

function oneLine(answer: string): string {
  return answer.replace(/\s+/g, " ");
}

const line = /^\W*(\d+)\s*[:.)=-]+\s*(\d{1,3}(?:\.\d+)?)\s*%?\W*$/;

/** The line of a candidate; the first one counts. */
function scoreAt(reply: string, candidate: number): number | undefined {
  for (const text of reply.split("\n")) {
    const match = line.exec(text);
    if (match === null || Number(match[1]) !== candidate) continue;
    const value = Number(match[2]) / 100;
    return value <= 1 ? value : undefined;
  }
  return undefined;
}
