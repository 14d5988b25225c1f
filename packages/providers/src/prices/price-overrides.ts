import { readFile } from "node:fs/promises";
import { QuorateError } from "@quorate/core";
import { z } from "zod";
import type { TokenPrices } from "./model-price.ts";

/** Model name, exactly as asked for, to its prices. 0 is allowed: whoever writes it down says that the server is free. */
export type PriceOverrides = Readonly<Record<string, TokenPrices>>;

const usdPerMillion = z.number().nonnegative();

const schema = z.record(
  z.string(),
  z.strictObject({
    inputUsdPerMillion: usdPerMillion,
    cachedInputUsdPerMillion: usdPerMillion.exactOptional(),
    cacheWriteUsdPerMillion: usdPerMillion.exactOptional(),
    outputUsdPerMillion: usdPerMillion,
  }),
);

/** Reads `{"my-model": {"inputUsdPerMillion": 0.1, "outputUsdPerMillion": 0.4}}`. */
export async function readPriceOverrides(path: string): Promise<PriceOverrides> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new QuorateError({
      code: "bad-input",
      what: `The price file ${path} cannot be read: ${String(cause)}.`,
      cause,
    });
  }
  return parsePriceOverrides(text, path);
}

export function parsePriceOverrides(text: string, path: string): PriceOverrides {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new QuorateError({ code: "bad-input", what: `The price file ${path} is not valid JSON.`, cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join(".") || "(the whole file)";
  throw new QuorateError({
    code: "bad-input",
    what: `The price file ${path} is wrong at ${field}: ${issue?.message ?? "unknown reason"}.`,
    hint: 'Each model needs {"inputUsdPerMillion": …, "outputUsdPerMillion": …} in dollars for a million tokens.',
    cause: parsed.error,
  });
}
