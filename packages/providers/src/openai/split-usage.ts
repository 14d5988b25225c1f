import type { BilledUsage } from "../prices/cost.ts";

/**
 * Shares of one request's usage for its samples: the prompt falls to the first, generated tokens are spread evenly with
 * the remainder on the first ones. The shares add up exactly.
 */
export function splitUsage(usage: BilledUsage, samples: number): readonly BilledUsage[] {
  if (samples <= 1) return [usage];
  const { outputTokens, reasoningTokens } = usage;
  return Array.from({ length: samples }, (_, place) => {
    const generated = {
      outputTokens: evenShare(outputTokens, samples, place),
      ...(reasoningTokens !== undefined && { reasoningTokens: evenShare(reasoningTokens, samples, place) }),
    };
    return place === 0 ? { ...usage, ...generated } : { inputTokens: 0, ...generated };
  });
}

function evenShare(total: number, shares: number, place: number): number {
  return Math.floor(total / shares) + (place < total % shares ? 1 : 0);
}
