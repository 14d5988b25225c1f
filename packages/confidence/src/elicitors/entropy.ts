import type { Elicitor } from "./elicitor.ts";
import { type Likeliest, meanOverPlaces } from "./tokens/likeliest.ts";

/**
 * exp(−H), H the mean entropy of the next token in nats: 1 where every token was certain. Only the k likeliest tokens are
 * shown; the signal is the least that the entropy can be (see `leastEntropy`), so the score is an upper bound.
 */
export const entropy: Elicitor = {
  name: "entropy",
  needs: "mean-entropy",
  score(signals) {
    const reading = signals["mean-entropy"];
    return typeof reading === "number" ? Math.exp(-reading) : reading;
  },
  measure: {
    needs: { tokens: true, topLogprobs: 5 },
    read({ tokens }) {
      const reading = meanOverPlaces(tokens, leastEntropy);
      return reading === undefined ? {} : { reading };
    },
  },
};

/**
 * A sharp lower bound. Each token that is not shown has at most the probability p of the last one shown. Entropy is concave,
 * so it is least where what remains of the probability is on as few tokens as can be: whole ps and one with the rest.
 * There is no upper bound without the size of the vocabulary.
 */
export function leastEntropy(likeliest: Likeliest): number {
  const part = (probability: number) => (probability > 0 ? -probability * Math.log(probability) : 0);
  const probabilities = likeliest.map(Math.exp);
  const rest = Math.max(0, 1 - probabilities.reduce((sum, probability) => sum + probability, 0));
  const smallest = Math.min(...probabilities);
  const whole = smallest > 0 ? Math.floor(rest / smallest) : 0;
  const shown = probabilities.reduce((sum, probability) => sum + part(probability), 0);
  return shown + whole * part(smallest) + part(Math.max(0, rest - whole * smallest));
}
