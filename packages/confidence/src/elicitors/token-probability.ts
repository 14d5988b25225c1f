import type { Elicitor } from "./elicitor.ts";

/** Geometric mean of the token probabilities: exp of the mean log-probability (length-normalised sequence likelihood). */
export const tokenProbability: Elicitor = {
  name: "token-probability",
  needs: "mean-logprob",
  score(signals) {
    const reading = signals["mean-logprob"];
    return typeof reading === "number" ? Math.exp(reading) : reading;
  },
};
