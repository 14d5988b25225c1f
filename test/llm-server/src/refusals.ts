import { type ApiError, invalidRequest, rateLimitExceeded } from "./error-body.ts";

/** Why the server itself, without any fault rule, does not answer a request. */
export interface Refusal {
  readonly error: ApiError;
  /** In the journal, where a fault's kind would be. */
  readonly label: string;
  readonly headers?: readonly string[];
}

export const invalidKey: Refusal = {
  error: {
    status: 401,
    message: "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.",
    type: "invalid_request_error",
    param: null,
    code: "invalid_api_key",
  },
  label: "unauthorized",
};

export function unknownModel(model: string): Refusal {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return { error: { ...invalidRequest(message, null, "model_not_found"), status: 404 }, label: "unknown-model" };
}

export function rateLimited(model: string, retryAfterMs: number): Refusal {
  return {
    error: rateLimitExceeded(model, "requests", retryAfterMs),
    label: "rate-limited",
    headers: ["retry-after-ms", String(retryAfterMs), "retry-after", String(Math.ceil(retryAfterMs / 1000))],
  };
}

export function unknownUrl(method: string, path: string): ApiError {
  return { ...invalidRequest(`Invalid URL (${method} ${path})`, null, null), status: 404 };
}
