import { z } from "zod";
import { percentile as percentileOf } from "../numerics/percentile.ts";
import { keptWeight, weighKept } from "./kept-weight.ts";
import { missingConfidence, scoreOfMissing } from "./missing.ts";
import { defineWeighting } from "./weighting.ts";

/**
 * DeepConf's online filter (Fu et al. 2508.15260): the first `warmUp` votes set a threshold, the percentile of their
 * confidences, and no vote below it weighs anything, those of the warm-up included. Until the warm-up is complete all
 * weigh alike in kind. The paper also cuts such a trace while it is being written; here it ends and does not count.
 */
export const cutBelow = defineWeighting({
  name: "cut-below",
  parameters: z.strictObject({
    warmUp: z.int().min(1).default(16),
    /** In [0,100]: 90 lets the most confident tenth vote (DeepConf-low), 10 drops the least confident tenth. */
    percentile: z.number().min(0).max(100).default(90),
    weight: keptWeight,
    missing: missingConfidence,
  }),
  needsConfidence: true,
  takesRawScores: true,
  create({ warmUp, percentile, weight, missing }, { isRaw = false }) {
    const absent = scoreOfMissing(missing, isRaw);
    return {
      kind: "joint",
      settles: {
        votes: warmUp,
        range: { min: 0, max: isRaw && weight === "confidence" ? Number.POSITIVE_INFINITY : 1 },
      },
      weighAll(votes) {
        const confidences = votes.map(({ confidence = absent }) => confidence);
        const threshold =
          votes.length < warmUp ? Number.NEGATIVE_INFINITY : percentileOf(confidences.slice(0, warmUp), percentile);
        return confidences.map((confidence) => (confidence < threshold ? 0 : weighKept(weight, confidence)));
      },
    };
  },
});
