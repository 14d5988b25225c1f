import { z } from "zod";
import { type ConfidentAnswer, confidentAnswer } from "./confident-answer.ts";
import { defineRule, notBefore } from "./rule.ts";
import { probabilityLevels } from "./sweep.ts";

/**
 * The first sample whose calibrated confidence is at least the level decides (GrACE-ES, 2509.09438; CaTS early stopping,
 * 2503.00031). None does: the weighted vote over all samples, never the last sample.
 */
export const threshold = defineRule({
  name: "threshold",
  parameters: () => z.strictObject({ level: z.number().gt(0).lt(1).default(0.9) }),
  sweep: { parameter: "level", values: probabilityLevels, strictness: "ascending" },
  needs: () => ["confidence"],
  create: ({ level }) => ({
    init: (): ConfidentAnswer | undefined => undefined,
    observe: (found, sample) => found ?? confidentAnswer(sample, level),
    verdict(found, _, left) {
      if (found === undefined) return notBefore(1, left);
      return { stop: true, ...found, reason: "threshold", certificate: "heuristic" };
    },
  }),
});
