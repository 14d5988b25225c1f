import { z } from "zod";
import { midRanks } from "../numerics/mid-ranks.ts";
import { normalQuantile } from "../numerics/normal-quantile.ts";
import { missingConfidence, scoreOfMissing } from "./missing.ts";
import { defineWeighting } from "./weighting.ts";

/**
 * TACT (Ko 2026): a vote weighs exp(γφ), φ the normal score of its confidence's rank among the votes of the question:
 * Φ⁻¹(rank / (n + 1)), rank 1 for the lowest, equal ones at their mean rank. (Which normal score TACT takes is not known to
 * us; this one, van der Waerden's, is ours.) How surely a confidence tells right from wrong sets γ: z√(2 + z²) with z the
 * probit of its AUC within questions; 0 is plurality, below 0 the less confident weigh more.
 */
export const rankNormal = defineWeighting({
  name: "rank-normal",
  parameters: z.strictObject({ gamma: z.number().min(-20).max(20).default(0.5), missing: missingConfidence }),
  needsConfidence: true,
  takesRawScores: true,
  create({ gamma, missing }, { isRaw }) {
    const absent = scoreOfMissing(missing, isRaw);
    return {
      kind: "joint",
      weighAll: (votes) =>
        midRanks(votes.map(({ confidence = absent }) => confidence)).map((rank) =>
          Math.exp(gamma * normalQuantile(rank / (votes.length + 1))),
        ),
    };
  },
});
