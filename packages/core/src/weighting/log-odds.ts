import { z } from "zod";
import { missingConfidence } from "./missing.ts";
import { defineWeighting } from "./weighting.ts";

/**
 * The optimal weight of independent votes (Nitzan & Paroush 1982): log(c(K − 1)/(1 − c)), K the number of possible
 * answers. `tempering` below 1 allows for samples of one model erring together. Confidence is kept inside
 * [clip, 1 − clip], so that no single vote is infinite. Votes less confident than 1/K weigh nothing, or against their
 * answer where `allowNegative` says so.
 */
export const logOdds = defineWeighting({
  name: "log-odds",
  parameters: z.strictObject({
    tempering: z.number().gt(0).max(1).default(1),
    clip: z.number().gt(0).lt(0.5).default(0.01),
    /** K for questions that do not list their options. */
    answers: z.int().min(2).default(2),
    allowNegative: z.boolean().default(false),
    missing: missingConfidence,
  }),
  needsConfidence: true,
  create({ tempering, clip, answers, allowNegative, missing }, { optionCount = answers }) {
    const wrongAnswers = Math.max(1, optionCount - 1);
    const weigh = (confidence = missing) => {
      const clipped = Math.min(1 - clip, Math.max(clip, confidence));
      const weight = tempering * Math.log((clipped * wrongAnswers) / (1 - clipped));
      return allowNegative ? weight : Math.max(0, weight);
    };
    return { kind: "separate", range: { min: weigh(0), max: weigh(1) }, weigh };
  },
});
