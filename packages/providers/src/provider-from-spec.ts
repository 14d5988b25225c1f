import { QuorateError } from "@quorate/core";
import type { Provider } from "./contract.ts";
import { embeddedProvider } from "./embedded/embedded-provider.ts";
import { openaiFromEnvironment } from "./openai/openai-from-environment.ts";
import type { OpenaiOptions } from "./openai/openai-options.ts";
import { type ReplayOptions, replayProvider } from "./replay/replay-provider.ts";

export interface ProviderOptions extends Omit<OpenaiOptions, "model">, ReplayOptions {
  /** Where keys and addresses come from. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

type ProviderFactory = (name: string, options: ProviderOptions) => Promise<Provider>;

interface Factory {
  readonly example: string;
  readonly create: ProviderFactory;
  /** It has a model of its own, so that nothing needs to follow its name. */
  readonly alone?: (options: ProviderOptions) => Promise<Provider>;
}

/** What may stand before the colon. */
const factories: ReadonlyMap<string, Factory> = new Map<string, Factory>([
  ["openai", { example: "openai:gpt-4o-mini", create: createOpenai }],
  ["replay", { example: "replay:runs/first/samples.jsonl", create: replayProvider }],
  [
    "embedded",
    {
      example: "embedded, embedded:model.gguf",
      create: (modelPath, options) => createEmbedded({ modelPath }, options),
      alone: (options) => createEmbedded({}, options),
    },
  ],
]);

/** Makes the provider that a person names with `openai:gpt-4o-mini`, `replay:FILE`, `embedded` or `embedded:FILE`. */
export async function providerFromSpec(spec: string, options: ProviderOptions = {}): Promise<Provider> {
  const colon = spec.indexOf(":");
  const alone = factories.get(spec)?.alone;
  if (alone !== undefined) return alone(options);
  const factory = colon === -1 ? undefined : factories.get(spec.slice(0, colon));
  const name = spec.slice(colon + 1);
  if (factory !== undefined && name !== "") return factory.create(name, options);
  throw new QuorateError({
    code: "unknown-model",
    what: factory === undefined ? "The model has no known provider before the colon." : "The model has no name.",
    expected: [...factories.values()].map(({ example }) => example).join(" or "),
    seen: spec,
  });
}

function createOpenai(
  model: string,
  { env = process.env, order: _order, ...options }: ProviderOptions,
): Promise<Provider> {
  return openaiFromEnvironment(env, { ...options, model });
}

function createEmbedded(model: { readonly modelPath?: string }, { onWarning }: ProviderOptions): Promise<Provider> {
  return embeddedProvider({ ...model, ...(onWarning !== undefined && { onWarning }) });
}
