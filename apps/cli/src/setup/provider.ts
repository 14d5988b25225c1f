import { QuorateError } from "@quorate/core";
import type { Provider } from "@quorate/providers";
import type { SamplingOptions } from "./sampling-options.ts";

/** The provider that the options name. Nothing is sent yet. */
export async function providerFrom(options: SamplingOptions, onWarning: (message: string) => void): Promise<Provider> {
  if (options.model === undefined) {
    throw new QuorateError({
      code: "unknown-model",
      what: "No model is named.",
      hint: "Say --model openai:gpt-4o-mini (with OPENAI_API_KEY), add --base-url for another server, --model embedded for a small model that runs here, or --model replay:FILE for recorded samples.",
    });
  }
  const { providerFromSpec, readPriceOverrides } = await import("@quorate/providers");
  return providerFromSpec(options.model, {
    ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
    ...(options.samplesPerRequest !== undefined && { samplesPerRequest: options.samplesPerRequest }),
    ...(options.timeout !== undefined && { timeoutMs: options.timeout }),
    ...(options.prices !== undefined && { prices: await readPriceOverrides(options.prices) }),
    ...(options.shuffle === true && { order: { shuffleSeed: options.seed } }),
    onWarning,
  });
}

/** The file behind `replay:FILE`; undefined for models that are asked. */
export function replayedFile(model: string | undefined): string | undefined {
  return model?.startsWith("replay:") ? model.slice("replay:".length) : undefined;
}
