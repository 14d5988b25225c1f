import { z } from "zod";
import { endOf, mostAnswerBytes, optionLetter } from "./follow-up/shown.ts";
import type { Followed, Scoring } from "./follow-up.ts";
import { followUpElicitor } from "./follow-up-elicitor.ts";

const options = z.strictObject({
  /** Begins the surrogate's reply; the answer follows after a space. */
  prefix: z.string().default("ANSWER:"),
});

/**
 * The probability that another model, asked the same question, would give this answer at once, without reasoning. Where
 * the question lists its options, the answer's share among them (2405.16282, internal confidence P_IC).
 */
export const surrogate = followUpElicitor({
  name: "surrogate",
  options,
  build: ({ prefix }) => {
    const scoring = ({ question, messages }: Followed, answer: string): Scoring => {
      const listed = (question.options ?? []).map((_, index) => optionLetter(index));
      const candidates = listed.includes(answer) ? listed : [endOf(answer, mostAnswerBytes)];
      return { messages, prefix, candidates: candidates.map((text) => ` ${text}`) };
    };
    return {
      asks: "judge",
      when: "sample",
      means: "score",
      worstCalls: (shape) => {
        const { options: listed } = shape.question;
        const answer = listed === undefined || listed.length === 0 ? shape.answer : optionLetter(0);
        return [{ kind: "score", scoring: scoring(shape, answer) }];
      },
      async follow({ answer }, context) {
        const asked = scoring(context, answer);
        const answered = await context.score(asked);
        if (answered.kind === "failed") return { gap: "failed", detail: answered.detail };
        const own = answered.result[Math.max(0, asked.candidates.indexOf(` ${answer}`))];
        if (own === undefined || answered.result.includes("censored")) return { gap: "censored" };
        const sum = answered.result.reduce<number>((total, one) => total + Math.exp(one as number), 0);
        const probability = Math.exp(own as number);
        if (asked.candidates.length === 1) return { signal: Math.min(1, probability) };
        return sum > 0 ? { signal: probability / sum } : { gap: "no-label" };
      },
    };
  },
});
