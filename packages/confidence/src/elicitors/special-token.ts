import type { Elicitor } from "./elicitor.ts";

/** Probability of the confidence token after the response: GrACE (2509.09438), c = softmax(E·z) at that token. */
export const specialToken: Elicitor = {
  name: "special-token",
  needs: "special-token",
  score: (signals) => signals["special-token"],
};
