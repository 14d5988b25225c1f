import { z } from "zod";
import { missingConfidence } from "./missing.ts";
import { defineWeighting } from "./weighting.ts";

/**
 * CISC (Taubenfeld et al. 2502.06233): weights exp(c/T) over their sum. The sum is common to all votes, so it is left
 * out and weights are scaled to at most 1, as exp((c − 1)/T); shares and winners are the same.
 */
export const softmax = defineWeighting({
  name: "softmax",
  parameters: z.strictObject({ temperature: z.number().gte(0.01).default(0.5), missing: missingConfidence }),
  needsConfidence: true,
  create({ temperature, missing }) {
    const weigh = (confidence = missing) => Math.exp((confidence - 1) / temperature);
    return { kind: "separate", range: { min: weigh(0), max: 1 }, weigh };
  },
});
