import { z } from "zod";
import { midRanks } from "../numerics/mid-ranks.ts";
import { missingConfidence, scoreOfMissing } from "./missing.ts";
import { defineWeighting } from "./weighting.ts";

/**
 * Borda vote of self-certainty (Kang et al. 2502.18581): of N votes the one with the r-th highest confidence weighs
 * (N − r + 1)^power. Equal confidences share their mean rank. Power 0 is plurality, a high one lets the best decide.
 */
export const borda = defineWeighting({
  name: "borda",
  parameters: z.strictObject({ power: z.number().min(0).max(20).default(1), missing: missingConfidence }),
  needsConfidence: true,
  takesRawScores: true,
  create({ power, missing }, { isRaw }) {
    const absent = scoreOfMissing(missing, isRaw);
    return {
      kind: "joint",
      // Counted from the lowest, the rank is N − r + 1 already.
      weighAll: (votes) => midRanks(votes.map(({ confidence = absent }) => confidence)).map((rank) => rank ** power),
    };
  },
});
