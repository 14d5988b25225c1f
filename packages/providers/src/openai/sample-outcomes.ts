import type { SampleOutcome } from "../contract.ts";
import { type BilledUsage, usageCostUsd } from "../prices/cost.ts";
import type { ModelPrice } from "../prices/model-price.ts";
import type { Choice } from "./parse-completion.ts";
import { splitUsage } from "./split-usage.ts";

/** Each choice of a reply as a sample with its share of what the request used and cost. */
export function sampleOutcomes(
  choices: readonly Choice[],
  usage: BilledUsage | undefined,
  price: ModelPrice | "unknown",
  latencyMs: number,
): readonly SampleOutcome[] {
  if (usage === undefined) return choices.map((choice) => ({ kind: "response", ...choice, latencyMs }));
  const shares = splitUsage(usage, choices.length);
  return choices.map((choice, place) => {
    const share = shares[place]!;
    const costUsd = price === "unknown" ? undefined : usageCostUsd(share, price, usage.inputTokens);
    return { kind: "response", ...choice, latencyMs, usage: share, ...(costUsd !== undefined && { costUsd }) };
  });
}
