/** An error as OpenAI writes it. */
export interface ApiError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

export function errorBody({ message, type, param, code }: ApiError): string {
  return JSON.stringify({ error: { message, type, param, code } });
}

export function invalidRequest(message: string, param: string | null, code: string | null): ApiError {
  return { status: 400, message, type: "invalid_request_error", param, code };
}

export function rateLimitExceeded(model: string, type: "requests" | "tokens", retryAfterMs: number): ApiError {
  const unit = type === "requests" ? "requests per min (RPM)" : "tokens per min (TPM)";
  return {
    status: 429,
    message: `Rate limit reached for ${model} in organization org-fake on ${unit}. Please try again in ${retryAfterMs}ms.`,
    type,
    param: null,
    code: "rate_limit_exceeded",
  };
}
