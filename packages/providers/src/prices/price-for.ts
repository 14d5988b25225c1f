import type { ModelPrice as ListedPrices, ModelInfo, TieredPrices } from "@pydantic/genai-prices";
import { highestOf, type LongPromptPrices, type ModelPrice, type TokenPrices } from "./model-price.ts";
import type { PriceOverrides } from "./price-overrides.ts";

export interface PriceOptions {
  /** The seller as genai-prices names it (`openai`, `openrouter`, `groq`, …) … */
  readonly provider?: string;
  /** … or found by the address of its API. With neither, only overrides are known. */
  readonly baseUrl?: string;
  readonly overrides?: PriceOverrides;
  /** Prices change; @default now */
  readonly at?: Date;
  readonly onWarning?: (message: string) => void;
}

/**
 * What a model costs: from the overrides, else from the list of genai-prices. A listed model counts only when it is the
 * one asked for or its dated snapshot; the list also matches prefixes, which gives a successor its predecessor's price.
 * Where the price depends on the time of day, the highest of the day is used.
 */
export async function priceFor(model: string, options: PriceOptions = {}): Promise<ModelPrice | "unknown"> {
  const own = options.overrides?.[model];
  if (own !== undefined) return { ...own, source: "override" };
  if (options.provider === undefined && (options.baseUrl === undefined || isThisMachine(options.baseUrl))) {
    return "unknown";
  }

  const { calcPrice, findProvider } = await import("@pydantic/genai-prices");
  const seller = findProvider({
    ...(options.provider !== undefined && { providerId: options.provider }),
    ...(options.baseUrl !== undefined && { providerApiUrl: options.baseUrl }),
  });
  if (seller === undefined) return "unknown";
  const at = options.at ?? new Date();
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { provider: seller, timestamp: at });
  if (found === null) return "unknown";
  if (!isSameModel(model, found.model.id)) {
    options.onWarning?.(
      `genai-prices knows no price for ${model}; that of ${found.model.id}, which it offers instead, is not used.`,
    );
    return "unknown";
  }

  const prices = [found.model_price, ...pricesByTimeOfDay(found.model)].map(tokenPrices);
  if (prices.some((one) => one === undefined)) return "unknown";
  const tiers = tierStarts(found.model_price).map((start) => longPromptPrices(found.model_price, start));
  return {
    ...highestOf(prices.filter((one) => one !== undefined)),
    source: prices.length > 1 ? "genai-prices, highest of the day" : "genai-prices",
    date: at.toISOString().slice(0, 10),
    ...(tiers.length > 0 && { longPrompts: tiers.filter((tier) => tier !== undefined) }),
  };
}

/** Nobody on the list sells from here, so the list need not be loaded. */
function isThisMachine(baseUrl: string): boolean {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : "";
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

/** `gpt-4o-mini-2024-07-18` is `gpt-4o-mini`; `gpt-5.6-sol-pro` is not `gpt-5.6-sol`. */
function isSameModel(asked: string, listed: string): boolean {
  if (asked === listed) return true;
  return asked.startsWith(listed) && /^-\d{4}-?\d{2}-?\d{2}$/.test(asked.slice(listed.length));
}

function pricesByTimeOfDay(model: ModelInfo): readonly ListedPrices[] {
  if (!Array.isArray(model.prices)) return [];
  return model.prices.filter((entry) => entry.constraint?.type === "time_of_date").map((entry) => entry.prices);
}

/** Undefined unless both input and output have a price. */
function tokenPrices(listed: ListedPrices, inputTokens = 0): TokenPrices | undefined {
  const input = listedAt(listed.input_mtok, inputTokens);
  const output = listedAt(listed.output_mtok, inputTokens);
  if (input === undefined || output === undefined) return undefined;
  const cached = listedAt(listed.cache_read_mtok, inputTokens);
  const write = listedAt(listed.cache_write_mtok, inputTokens);
  return {
    inputUsdPerMillion: input,
    ...(cached !== undefined && { cachedInputUsdPerMillion: cached }),
    ...(write !== undefined && { cacheWriteUsdPerMillion: write }),
    outputUsdPerMillion: output,
  };
}

function longPromptPrices(listed: ListedPrices, aboveInputTokens: number): LongPromptPrices | undefined {
  const prices = tokenPrices(listed, aboveInputTokens + 1);
  return prices === undefined ? undefined : { ...prices, aboveInputTokens };
}

/** A tier applies to the whole request once the prompt has more tokens than its start. */
function listedAt(price: number | TieredPrices | undefined, inputTokens: number): number | undefined {
  if (price === undefined || typeof price === "number") return price;
  return price.tiers.reduce((reached, tier) => (inputTokens > tier.start ? tier.price : reached), price.base);
}

function tierStarts(listed: ListedPrices): readonly number[] {
  const starts = new Set<number>();
  for (const key of ["input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok"]) {
    const price = listed[key];
    if (typeof price === "object") for (const tier of price.tiers) starts.add(tier.start);
  }
  return [...starts].sort((a, b) => a - b);
}
