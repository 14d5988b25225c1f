import { z } from "zod";
import { interpolate, pointsSchema } from "../numerics/interpolate.ts";
import { missingConfidence } from "./missing.ts";
import { defineWeighting } from "./weighting.ts";

/**
 * The weight that is optimal when scores of right and of wrong samples have the densities f₁ and f₀ (Kuang et al.
 * 2510.13918, theorem 3.2): log f₁(c)/f₀(c) + log q̂ − log(1 − q̂) + log(m − 1), q̂ the share of right samples and m the
 * number of possible answers. `points` hold all but the last term, as `fitDensityRatio` finds them. Below 0 a vote speaks
 * against its answer where `allowNegative` says so, else it weighs nothing.
 */
export const densityRatio = defineWeighting({
  name: "density-ratio",
  parameters: z.strictObject({
    /** [confidence, weight], confidences ascending; straight lines between, flat outside. */
    points: pointsSchema(z.number()),
    /** m for questions that do not list their options. */
    answers: z.int().min(2).default(2),
    allowNegative: z.boolean().default(false),
    missing: missingConfidence,
  }),
  needsConfidence: true,
  create({ points, answers, allowNegative, missing }, { optionCount = answers }) {
    const ofAnswers = Math.log(Math.max(1, optionCount - 1));
    const clip = (weight: number) => (allowNegative ? weight : Math.max(0, weight));
    const heights = points.map(([, height]) => clip(height + ofAnswers));
    return {
      kind: "separate",
      range: { min: Math.min(...heights), max: Math.max(...heights) },
      weigh: (confidence = missing) => clip(interpolate(points, confidence) + ofAnswers),
    };
  },
});
