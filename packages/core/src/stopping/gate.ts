import { z } from "zod";
import { type ConfidentAnswer, confidentAnswer } from "./confident-answer.ts";
import { defineRule, notBefore } from "./rule.ts";
import { probabilityLevels } from "./sweep.ts";

type Gate =
  | { readonly state: "closed" }
  | { readonly state: "waiting" }
  | { readonly state: "passed"; readonly by: ConfidentAnswer };

/**
 * Lets the very first sample decide when its calibrated confidence is at least the level (the gate of ReASC, 2601.02970).
 * Without calibration it never stops and never shrinks a wave.
 */
export const gate = defineRule({
  name: "gate",
  welcomesConfidence: true,
  parameters: () => z.strictObject({ level: z.number().gt(0).lt(1).default(0.95) }),
  sweep: { parameter: "level", values: probabilityLevels, strictness: "ascending" },
  create: ({ level }) => ({
    init: ({ calibrated }): Gate => ({ state: calibrated ? "waiting" : "closed" }),
    observe(gate, sample): Gate {
      if (gate.state !== "waiting") return { state: "closed" };
      const by = confidentAnswer(sample, level);
      return by === undefined ? { state: "closed" } : { state: "passed", by };
    },
    verdict(gate, _, left) {
      if (gate.state === "passed") {
        return { stop: true, ...gate.by, reason: "gate", certificate: "heuristic" };
      }
      return notBefore(gate.state === "waiting" ? 1 : left, left);
    },
  }),
});
