import { z } from "zod";
import { defineWeighting } from "./weighting.ts";

/** Every vote counts as one: plurality, as in self-consistency. */
export const count = defineWeighting({
  name: "count",
  parameters: z.strictObject({}),
  needsConfidence: false,
  create: () => ({ kind: "separate", range: { min: 1, max: 1 }, weigh: () => 1 }),
});
