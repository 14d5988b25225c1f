import { QuorateError } from "@quorate/core";
import type { Provider, ProviderOptions } from "@quorate/providers";
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
  return open(options.model, options, onWarning, {
    ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
    ...(options.scoring !== undefined && { scoring: options.scoring }),
    ...(options.samplesPerRequest !== undefined && { samplesPerRequest: options.samplesPerRequest }),
    ...(options.shuffle === true && { order: { shuffleSeed: options.seed } }),
  });
}

/** The model that is asked about another one's samples; undefined where none is named. */
export async function judgeFrom(
  options: SamplingOptions,
  onWarning: (message: string) => void,
): Promise<Provider | undefined> {
  if (options.judge === undefined) return undefined;
  const baseUrl = options.judgeBaseUrl ?? options.baseUrl;
  return open(options.judge, options, onWarning, {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(options.judgeScoring !== undefined && { scoring: options.judgeScoring }),
  });
}

async function open(
  spec: string,
  { timeout, prices }: SamplingOptions,
  onWarning: (message: string) => void,
  own: ProviderOptions,
): Promise<Provider> {
  const { providerFromSpec, readPriceOverrides } = await import("@quorate/providers");
  return providerFromSpec(spec, {
    ...own,
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(prices !== undefined && { prices: await readPriceOverrides(prices) }),
    onWarning,
  });
}

/** The file behind `replay:FILE`; undefined for models that are asked. */
export function replayedFile(model: string | undefined): string | undefined {
  return model?.startsWith("replay:") ? model.slice("replay:".length) : undefined;
}
