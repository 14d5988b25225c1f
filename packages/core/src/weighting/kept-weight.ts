import { z } from "zod";

/** What a vote that passes a filter weighs: its confidence, as in DeepConf (2508.15260), or one. */
export const keptWeight = z.enum(["confidence", "count"]).default("confidence");

export function weighKept(weight: z.infer<typeof keptWeight>, confidence: number): number {
  return weight === "confidence" ? confidence : 1;
}
