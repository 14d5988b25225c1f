import { z } from "zod";
import { keptWeight, weighKept } from "./kept-weight.ts";
import { missingConfidence, scoreOfMissing } from "./missing.ts";
import { defineWeighting } from "./weighting.ts";

/** keep · n is often a hair above the integer that it means (0.07 · 100). */
const rounding = 1e-9;

/**
 * DeepConf's filter for votes that are all in (Fu et al. 2508.15260): the most confident `keep` of them vote, rounded up,
 * the others weigh nothing. Of equal confidences the earlier sample is kept.
 */
export const topShare = defineWeighting({
  name: "top-share",
  parameters: z.strictObject({
    keep: z.number().gt(0).max(1).default(0.1),
    weight: keptWeight,
    missing: missingConfidence,
  }),
  needsConfidence: true,
  takesRawScores: true,
  create({ keep, weight, missing }, { isRaw }) {
    const absent = scoreOfMissing(missing, isRaw);
    return {
      kind: "joint",
      weighAll(votes) {
        const confidences = votes.map(({ confidence = absent }) => confidence);
        const keptCount = Math.ceil(keep * votes.length - rounding);
        const weights = new Array<number>(votes.length).fill(0);
        const byConfidence = confidences.map((_, place) => place).sort((a, b) => confidences[b]! - confidences[a]!);
        for (const place of byConfidence.slice(0, keptCount)) weights[place] = weighKept(weight, confidences[place]!);
        return weights;
      },
    };
  },
});
