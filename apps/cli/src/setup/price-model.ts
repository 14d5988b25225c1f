import { QuorateError } from "@quorate/core";
import { type ModelPrice, priceFor, readPriceOverrides } from "@quorate/providers";

export interface PricedModel {
  /** As the person named it. */
  readonly model: string;
  readonly price: ModelPrice | "unknown";
}

/** What a model would have cost that nobody asks here: `openai:gpt-4o-mini`, with the seller as the price list names it. */
export async function pricedModel(
  spec: string,
  pricesFile: string | undefined,
  onWarning: (message: string) => void,
): Promise<PricedModel> {
  const colon = spec.indexOf(":");
  const [provider, model] = [spec.slice(0, colon), spec.slice(colon + 1)];
  if (colon < 1 || model === "") {
    throw new QuorateError({
      code: "bad-option",
      what: "--price-model names no model.",
      seen: spec,
      expected: "PROVIDER:MODEL such as openai:gpt-4o-mini",
    });
  }
  const overrides = pricesFile === undefined ? {} : await readPriceOverrides(pricesFile);
  const price = await priceFor(model, { provider, overrides, onWarning });
  if (price === "unknown") {
    onWarning(`the price of ${spec} is not known. Give it with --prices FILE, a JSON with prices for "${model}".`);
  }
  return { model: spec, price };
}
