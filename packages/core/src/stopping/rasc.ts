import { z } from "zod";
import { type AnswerSum, largestSum, withVote } from "./answer-sums.ts";
import { defineRule, notBefore } from "./rule.ts";

interface Buffer {
  readonly held: number;
  readonly scores: readonly AnswerSum[];
}

/**
 * RASC (Wan et al. 2408.17017): samples with a confidence of at least `level` go into a buffer; a buffer of `size` decides by
 * the sums of confidence within it. The paper's score comes from features of the rationale and its level and size are not
 * public; here any calibrated confidence is the score. Too few such samples: the weighted vote over all.
 */
export const rasc = defineRule({
  name: "rasc",
  sweep: { parameter: "size", values: [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20], strictness: "ascending" },
  parameters: () => z.strictObject({ level: z.number().gte(0).lt(1).default(0.5), size: z.int().min(1).default(5) }),
  needs: () => ["confidence"],
  create: ({ level, size }) => ({
    init: (): Buffer => ({ held: 0, scores: [] }),
    observe(buffer, sample) {
      if (sample.kind === "abstention" || sample.confidence === undefined || sample.confidence < level) return buffer;
      return { held: buffer.held + 1, scores: withVote(buffer.scores, sample.answer, sample.confidence) };
    },
    verdict({ held, scores }, _, left) {
      // A sample fills at most one place.
      if (held < size) return notBefore(size - held, left);
      return { stop: true, answer: largestSum(scores)!.answer, reason: "rasc", certificate: "heuristic" };
    },
  }),
});
