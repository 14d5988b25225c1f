import { z } from "zod";
import { missingConfidence } from "./missing.ts";
import { defineWeighting } from "./weighting.ts";

/** A vote weighs its confidence: GrACE-SC (2509.09438), CaTS (2503.00031). */
export const linear = defineWeighting({
  name: "linear",
  parameters: z.strictObject({ missing: missingConfidence }),
  needsConfidence: true,
  create: ({ missing }) => ({
    kind: "separate",
    range: { min: 0, max: 1 },
    weigh: (confidence = missing) => confidence,
  }),
});
