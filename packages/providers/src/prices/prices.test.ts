import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedUsd, promptTokenBound, usageCostUsd, worstCaseUsd } from "./cost.ts";
import { highestPricesUpTo, type ModelPrice, pricesAt } from "./model-price.ts";
import { priceFor } from "./price-for.ts";
import { parsePriceOverrides, readPriceOverrides } from "./price-overrides.ts";

const at = new Date("2026-11-22");
const openai = { provider: "openai", at };

describe("priceFor", () => {
  it("finds listed models and their dated snapshots", async () => {
    const listed = {
      inputUsdPerMillion: 0.15,
      cachedInputUsdPerMillion: 0.075,
      outputUsdPerMillion: 0.6,
      source: "genai-prices",
      date: "2026-11-22",
    };
    expect(await priceFor("gpt-4o-mini", openai)).toEqual(listed);
    expect(await priceFor("gpt-4o-mini-2024-07-18", openai)).toEqual(listed);
    expect(await priceFor("gpt-4o-mini", { baseUrl: "https://api.openai.com/v1", at })).toEqual(listed);
  });

  it("does not take the price of another model that the list offers", async () => {
    const warnings: string[] = [];
    const onWarning = (text: string) => void warnings.push(text);
    expect(await priceFor("claude-sonnet-5-5", { provider: "anthropic", at, onWarning })).toBe("unknown");
    expect(warnings).toEqual([expect.stringContaining("claude-sonnet-5-5")]);
  });

  it("keeps higher prices of long prompts", async () => {
    expect(await priceFor("gpt-5.6-sol", openai)).toMatchObject({
      inputUsdPerMillion: 4,
      cacheWriteUsdPerMillion: 5,
      outputUsdPerMillion: 20,
      longPrompts: [{ aboveInputTokens: 271_999, inputUsdPerMillion: 8, outputUsdPerMillion: 30 }],
    });
  });

  it("uses the highest price of the day", async () => {
    const price = await priceFor("deepseek-v4-pro", { provider: "deepseek", at });
    expect(price).toMatchObject({ inputUsdPerMillion: 1.32, source: "genai-prices, highest of the day" });
  });

  it("knows no price of models and servers that are not listed", async () => {
    expect(await priceFor("nobody-made-this", openai)).toBe("unknown");
    expect(await priceFor("gpt-4o-mini", { baseUrl: "http://localhost:8000/v1" })).toBe("unknown");
    expect(await priceFor("gpt-4o-mini", { baseUrl: "https://llm.example.com/v1" })).toBe("unknown");
    expect(await priceFor("gpt-4o-mini")).toBe("unknown");
  });

  it("prefers overrides", async () => {
    const overrides = { "gpt-4o-mini": { inputUsdPerMillion: 1, outputUsdPerMillion: 2 } };
    expect(await priceFor("gpt-4o-mini", { ...openai, overrides })).toEqual({
      inputUsdPerMillion: 1,
      outputUsdPerMillion: 2,
      source: "override",
    });
  });
});

describe("price overrides", () => {
  it("name the file and the field that is wrong", () => {
    expect(() => parsePriceOverrides('{"m": {"inputUsdPerMillion": "1"}}', "prices.json")).toThrow(
      /prices\.json is wrong at m\.inputUsdPerMillion/,
    );
    expect(() => parsePriceOverrides('{"m": {"inputUsdPerMillion": -1, "outputUsdPerMillion": 1}}', "p")).toThrow(
      "m.input",
    );
    expect(() => parsePriceOverrides("{", "prices.json")).toThrow("prices.json is not valid JSON");
  });

  it("name a file that is not there", async () => {
    await expect(readPriceOverrides("/nowhere/prices.json")).rejects.toThrow("/nowhere/prices.json cannot be read");
  });

  it("may say that a server is free", () => {
    expect(parsePriceOverrides('{"m": {"inputUsdPerMillion": 0, "outputUsdPerMillion": 0}}', "p").m).toEqual({
      inputUsdPerMillion: 0,
      outputUsdPerMillion: 0,
    });
  });
});

const price: ModelPrice = {
  inputUsdPerMillion: 4,
  cachedInputUsdPerMillion: 0.4,
  cacheWriteUsdPerMillion: 5,
  outputUsdPerMillion: 20,
  source: "test",
  longPrompts: [{ aboveInputTokens: 1000, inputUsdPerMillion: 8, outputUsdPerMillion: 30 }],
};

describe("cost", () => {
  it("charges cached and written tokens by their own prices", () => {
    const usage = { inputTokens: 100, cachedInputTokens: 60, cacheWriteTokens: 30, outputTokens: 10 };
    expect(usageCostUsd(usage, price)).toBeCloseTo((10 * 4 + 60 * 0.4 + 30 * 5 + 10 * 20) / 1e6, 15);
  });

  it("charges a long prompt by the higher price, cached tokens without one like others", () => {
    expect(pricesAt(price, 1000).inputUsdPerMillion).toBe(4);
    const usage = { inputTokens: 1001, cachedInputTokens: 1001, outputTokens: 1 };
    expect(usageCostUsd(usage, price)).toBeCloseTo((1001 * 8 + 30) / 1e6, 15);
    expect(highestPricesUpTo(price, 1000).outputUsdPerMillion).toBe(20);
    expect(highestPricesUpTo(price, 1001).outputUsdPerMillion).toBe(30);
  });

  it("bounds tokens by bytes", () => {
    expect(promptTokenBound([{ role: "user", content: "héé" }])).toBe(5 + 8 + 16);
  });

  it("expects a guess and no bound", () => {
    const messages = [{ role: "user", content: "x".repeat(400) }] as const;
    expect(expectedUsd({ messages, maxTokens: 2000 }, 2, price)).toBeCloseTo((2 * 100 * 4 + 2 * 300 * 20) / 1e6, 15);
    expect(expectedUsd({ messages, maxTokens: 50 }, 2, price, 8)).toBeCloseTo((100 * 4 + 2 * 50 * 20) / 1e6, 15);
    expect(expectedUsd({ messages }, 2, "unknown")).toBe("unknown");
  });

  it("is never above the worst case, however the tokens fall", () => {
    const messages = [{ role: "user", content: "x".repeat(3000) }] as const;
    const part = fc.integer({ min: 0, max: 3024 });
    fc.assert(
      fc.property(
        part,
        part,
        part,
        fc.nat(100),
        fc.integer({ min: 1, max: 5 }),
        (inputTokens, cached, written, output, samples) => {
          const usage = {
            inputTokens,
            cachedInputTokens: cached,
            cacheWriteTokens: written,
            outputTokens: output * samples,
          };
          const bound = worstCaseUsd({ messages, maxTokens: 100 }, samples, price);
          expect(usageCostUsd(usage, price)).toBeLessThanOrEqual(Number(bound));
        },
      ),
    );
  });

  it("has no worst case without a token limit or a price", () => {
    expect(worstCaseUsd({ messages: [] }, 1, price)).toBe("unknown");
    expect(worstCaseUsd({ messages: [], maxTokens: 1 }, 1, "unknown")).toBe("unknown");
  });
});
