import type { Provider } from "../contract.ts";
import type { OpenaiOptions } from "./openai-options.ts";
import { openaiProvider } from "./openai-provider.ts";

/** Reads `OPENAI_BASE_URL` and `OPENAI_API_KEY`; options given by the caller come first. */
export function openaiFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  options: OpenaiOptions,
): Promise<Provider> {
  const baseUrl = options.baseUrl ?? filled(env.OPENAI_BASE_URL);
  const apiKey = options.apiKey ?? filled(env.OPENAI_API_KEY);
  return openaiProvider({
    ...options,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(apiKey !== undefined && { apiKey }),
  });
}

/** An empty variable is an unset one. */
function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}
