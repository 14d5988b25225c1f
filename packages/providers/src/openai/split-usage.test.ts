import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitUsage } from "./split-usage.ts";

describe("splitUsage", () => {
  it("makes whole shares that add up, with no more reasoning than output in any", () => {
    const usage = fc
      .record({ inputTokens: fc.nat(1e6), outputTokens: fc.nat(1e6), cut: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ inputTokens, outputTokens, cut }) => ({
        inputTokens,
        outputTokens,
        cachedInputTokens: Math.floor(inputTokens * cut),
        reasoningTokens: Math.floor(outputTokens * cut),
      }));
    fc.assert(
      fc.property(usage, fc.integer({ min: 1, max: 130 }), (whole, samples) => {
        const shares = splitUsage(whole, samples);
        expect(shares).toHaveLength(samples);
        for (const field of ["inputTokens", "outputTokens", "cachedInputTokens", "reasoningTokens"] as const) {
          expect(shares.reduce((total, share) => total + (share[field] ?? 0), 0)).toBe(whole[field]);
        }
        for (const share of shares) expect(share.reasoningTokens).toBeLessThanOrEqual(share.outputTokens);
      }),
    );
  });
});
