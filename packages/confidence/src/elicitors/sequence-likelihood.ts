import type { Elicitor } from "./elicitor.ts";

/** Probability of the whole response: exp of the sum of its token log-probabilities. Longer responses score lower. */
export const sequenceLikelihood: Elicitor = {
  name: "sequence-likelihood",
  needs: "sequence-logprob",
  score(signals) {
    const reading = signals["sequence-logprob"];
    return typeof reading === "number" ? Math.exp(reading) : reading;
  },
};
