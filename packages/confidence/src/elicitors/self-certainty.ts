import { type Elicitor, scoreOf } from "./elicitor.ts";
import { type Likeliest, meanOverPlaces } from "./tokens/likeliest.ts";

/**
 * Self-certainty (Kang et al. 2502.18581), the mean distance of the next token's distribution from a uniform one,
 * KL(U ‖ p) = −(1/V) Σ ln(V p). The paper's V is the vocabulary, which no server shows: here it is the k likeliest tokens,
 * their probabilities scaled to sum to 1. Made for Borda votes, which need its order alone.
 */
export const selfCertainty: Elicitor = {
  name: "self-certainty",
  needs: "self-certainty",
  score: scoreOf("self-certainty"),
  isUnbounded: true,
  measure: {
    needs: { tokens: true, topLogprobs: 5 },
    read({ tokens }) {
      const reading = meanOverPlaces(tokens, certaintyAt);
      return reading === undefined ? {} : { reading };
    },
  },
};

function certaintyAt(likeliest: Likeliest): number {
  const count = likeliest.length;
  const mass = likeliest.reduce((sum, logprob) => sum + Math.exp(logprob), 0);
  const mean = likeliest.reduce((sum, logprob) => sum + logprob, 0) / count;
  // Never below 0 but for rounding.
  return Math.max(0, Math.log(mass) - Math.log(count) - mean);
}
