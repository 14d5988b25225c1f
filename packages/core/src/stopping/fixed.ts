import { z } from "zod";
import type { ConfidentAnswer } from "./confident-answer.ts";
import { defineRule, notBefore } from "./rule.ts";

/**
 * Draws every sample. `choose: "vote"` is self-consistency (Wang et al. 2203.11171): the weighted vote decides.
 * `choose: "best"` is best-of-N: the single most confident sample decides, the earliest on ties.
 */
export const fixed = defineRule({
  name: "fixed",
  parameters: () => z.strictObject({ choose: z.enum(["vote", "best"]).default("vote") }),
  needs: ({ choose }) => (choose === "best" ? ["confidence"] : []),
  create: ({ choose }) => ({
    init: (): ConfidentAnswer | undefined => undefined,
    observe(best, sample) {
      if (sample.kind === "abstention" || sample.confidence === undefined) return best;
      if (best !== undefined && sample.confidence <= best.confidence) return best;
      return { answer: sample.answer, confidence: sample.confidence };
    },
    verdict(best, tally, left) {
      if (left > 0) return notBefore(left, left);
      if (choose === "best" && best !== undefined) {
        return { stop: true, ...best, reason: "fixed", certificate: "curtailed" };
      }
      const { leader } = tally.byWeight;
      if (leader === undefined) return notBefore(left, left);
      return { stop: true, answer: leader.answer, reason: "fixed", certificate: "curtailed" };
    },
  }),
});
