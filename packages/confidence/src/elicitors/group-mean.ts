import { type Elicitor, scoreOf } from "./elicitor.ts";
import { meanOverPlaces } from "./tokens/likeliest.ts";
import { tokenConfidence } from "./tokens/token-confidence.ts";

/** DeepConf's mean (2508.15260): the token confidence of the whole response. */
export const groupMean: Elicitor = {
  name: "group-mean",
  needs: "group-mean",
  score: scoreOf("group-mean"),
  isUnbounded: true,
  measure: {
    needs: { tokens: true, topLogprobs: 5 },
    read({ tokens }) {
      const reading = meanOverPlaces(tokens, tokenConfidence);
      return reading === undefined ? {} : { reading };
    },
  },
};
