import { type ApiError, errorBody, invalidRequest, rateLimitExceeded } from "./error-body.ts";
import type { ErrorKind, FaultRule } from "./fault-rule.ts";

interface ErrorAnswer {
  readonly status: number;
  readonly headers: string[];
  readonly contentType: string;
  readonly body: string;
}

export function faultError(kind: ErrorKind, rule: FaultRule, model: string): ErrorAnswer {
  const headers: string[] = [];
  if (rule.retryAfterSeconds !== undefined) headers.push("retry-after", String(rule.retryAfterSeconds));
  if (rule.retryAfterMs !== undefined) headers.push("retry-after-ms", String(rule.retryAfterMs));
  if (rule.shouldRetry !== undefined) headers.push("x-should-retry", String(rule.shouldRetry));
  if (kind === "bad-gateway") {
    return { status: 502, headers, contentType: "text/html", body: "<html><h1>502 Bad Gateway</h1></html>\n" };
  }
  const error = apiError(kind, rule, model);
  return { status: error.status, headers, contentType: "application/json", body: errorBody(error) };
}

function apiError(kind: Exclude<ErrorKind, "bad-gateway">, rule: FaultRule, model: string): ApiError {
  const retryAfterMs = rule.retryAfterMs ?? (rule.retryAfterSeconds ?? 1) * 1000;
  switch (kind) {
    case "rate-limit-requests":
      return rateLimitExceeded(model, "requests", retryAfterMs);
    case "rate-limit-tokens":
      return rateLimitExceeded(model, "tokens", retryAfterMs);
    case "insufficient-quota":
      return {
        status: 429,
        message: "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota",
        param: null,
        code: "insufficient_quota",
      };
    case "slow-down":
      return {
        status: 429,
        message: "Your traffic grew too quickly. Please slow down.",
        type: "rate_limit_error",
        param: null,
        code: "slow_down",
      };
    case "server-error":
      return {
        status: 500,
        message: "The server had an error while processing your request. Sorry about that!",
        type: "server_error",
        param: null,
        code: null,
      };
    case "overloaded":
      return {
        status: 503,
        message: "The server is currently overloaded with other requests. Sorry about that!",
        type: "service_unavailable_error",
        param: null,
        code: "server_is_overloaded",
      };
    case "unsupported-parameter":
      return invalidRequest(
        rule.code === "unsupported_parameter"
          ? `Unsupported parameter: '${rule.param}' is not supported with this model.`
          : `Unsupported value: '${rule.param}' does not support this value with this model. Only the default is supported.`,
        rule.param,
        rule.code,
      );
  }
}
