import { z } from "zod";

/** US dollars per million tokens. */
export const priceSchema = z.strictObject({
  input: z.number().min(0).default(0.15),
  cachedInput: z.number().min(0).default(0.075),
  output: z.number().min(0).default(0.6),
});

export type Price = z.output<typeof priceSchema>;

export interface BilledUsage {
  /** All prompt tokens, cached ones included. */
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  /** All generated tokens, reasoning included. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/** Sums of floating dollars would drift; a price per million tokens in whole micro-dollars is exact in these units. */
export function picoUsd(usage: BilledUsage, price: Price): number {
  const uncached = usage.inputTokens - usage.cachedInputTokens;
  return (
    uncached * perToken(price.input) +
    usage.cachedInputTokens * perToken(price.cachedInput) +
    usage.outputTokens * perToken(price.output)
  );
}

export function usdFromPico(pico: number): number {
  return pico / 1e12;
}

function perToken(usdPerMillion: number): number {
  return Math.round(usdPerMillion * 1e6);
}
