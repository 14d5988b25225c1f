import { type Elicitor, scoreOf } from "./elicitor.ts";
import { mostHidden } from "./tokens/likeliest.ts";

/**
 * Arithmetic mean of the token probabilities: TPU of "Revisiting Uncertainty Estimation" (2505.23854), there of the likeliest
 * token at each place, here of the one that was written; at temperature 0 these are the same. Never below the geometric
 * mean, which is `token-probability`.
 */
export const meanTokenProbability: Elicitor = {
  name: "mean-token-probability",
  needs: "mean-token-probability",
  score: scoreOf("mean-token-probability"),
  measure: {
    needs: { tokens: true },
    read({ tokens = [] }) {
      if (tokens.length === 0) return {};
      const known = tokens.flatMap(({ logprob }) => (logprob === "censored" ? [] : [Math.exp(logprob)]));
      if (tokens.length - known.length > mostHidden * tokens.length) return { reading: "censored" };
      return { reading: known.reduce((sum, probability) => sum + probability, 0) / known.length };
    },
  },
};
