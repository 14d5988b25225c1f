/** Dollars for a million tokens. */
export interface TokenPrices {
  readonly inputUsdPerMillion: number;
  /** Absent: cached tokens cost what others do. */
  readonly cachedInputUsdPerMillion?: number;
  /** Absent: writing to the cache costs nothing extra. */
  readonly cacheWriteUsdPerMillion?: number;
  readonly outputUsdPerMillion: number;
}

/** Prices of a whole request whose prompt is longer than this. */
export interface LongPromptPrices extends TokenPrices {
  readonly aboveInputTokens: number;
}

export interface ModelPrice extends TokenPrices {
  /** Who says so; shown with every cost. */
  readonly source: string;
  /** The day the price was looked up for, `2026-11-22`. */
  readonly date?: string;
  /** Ordered by length, shortest first. */
  readonly longPrompts?: readonly LongPromptPrices[];
}

/** What a request with a prompt of this length is charged by. */
export function pricesAt(price: ModelPrice, inputTokens: number): TokenPrices {
  return price.longPrompts?.findLast((tier) => inputTokens > tier.aboveInputTokens) ?? price;
}

/** Each price at its highest for any prompt up to this length. */
export function highestPricesUpTo(price: ModelPrice, inputTokens: number): TokenPrices {
  const reachable = (price.longPrompts ?? []).filter((tier) => inputTokens > tier.aboveInputTokens);
  return highestOf([price, ...reachable]);
}

export function highestOf(prices: readonly TokenPrices[]): TokenPrices {
  const highest = (read: (one: TokenPrices) => number | undefined) =>
    prices.reduce<number | undefined>((most, one) => {
      const value = read(one);
      return value === undefined || (most !== undefined && most >= value) ? most : value;
    }, undefined);
  const cached = highest((one) => one.cachedInputUsdPerMillion);
  const write = highest((one) => one.cacheWriteUsdPerMillion);
  return {
    inputUsdPerMillion: highest((one) => one.inputUsdPerMillion) ?? 0,
    ...(cached !== undefined && { cachedInputUsdPerMillion: cached }),
    ...(write !== undefined && { cacheWriteUsdPerMillion: write }),
    outputUsdPerMillion: highest((one) => one.outputUsdPerMillion) ?? 0,
  };
}
