import type { Question } from "@quorate/core";
import { startLlmServer } from "@quorate/llm-server";
import { openaiProvider } from "@quorate/providers";
import { decide } from "@quorate/runs";
import { describe, expect, it } from "vitest";

const question: Question = { id: "sum", kind: "number", text: "What is 6 × 7?", gold: "42" };

describe("decide, the library's one call,", () => {
  it("keeps a budget, refuses one that it cannot keep, and says when nobody is there", async () => {
    const server = await startLlmServer();
    const prices = { fake: { inputUsdPerMillion: 1, outputUsdPerMillion: 1 } };
    const options = { model: "fake", baseUrl: server.url, maxAttempts: 1 };
    try {
      const priced = await openaiProvider({ ...options, prices });
      const budgetUsd = 0.0008;
      expect(await decide({ provider: priced, question, policy: "sc", maxTokens: 100, budgetUsd })).toMatchObject({
        interim: true,
        reason: "budget",
      });
      expect(server.journal().usd).toBeLessThanOrEqual(budgetUsd);
      await expect(decide({ provider: priced, question, budgetUsd: 1 })).rejects.toThrow(/maxTokens/);
      const unpriced = await openaiProvider(options);
      await expect(decide({ provider: unpriced, question, maxTokens: 9, budgetUsd: 1 })).rejects.toThrow(/price/);
    } finally {
      await server.close();
    }
    const provider = await openaiProvider(options);
    await expect(decide({ provider, question })).rejects.toThrow(/answers no request: .*ECONNREFUSED/);
  });
});
