import type { Elicitor } from "./elicitor.ts";
import { answerTokens } from "./tokens/answer-tokens.ts";

/**
 * Probability of the answer's own tokens where the response gives it, after all that it wrote before: the product over these
 * tokens. After a chain of thought it is mostly near 1, since the answer is decided by then.
 */
export const answerProbability: Elicitor = {
  name: "answer-probability",
  needs: "answer-logprob",
  score(signals) {
    const reading = signals["answer-logprob"];
    return typeof reading === "number" ? Math.exp(reading) : reading;
  },
  measure: {
    needs: { tokens: true },
    read({ tokens, extraction }) {
      const spelled = extraction.kind === "answer" ? answerTokens(tokens, extraction.answer) : undefined;
      if (spelled === undefined) return {};
      let sum = 0;
      for (const { logprob } of spelled) {
        if (logprob === "censored") return { reading: "censored" };
        sum += logprob;
      }
      return { reading: sum };
    },
  },
};
