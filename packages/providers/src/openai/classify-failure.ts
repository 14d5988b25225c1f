import type { Failure } from "./failure.ts";
import { type ChangeableParameter, changeableParameters } from "./request-shape.ts";
import { retryAfterMs } from "./retry-delay.ts";

/** What to do next after a failure. */
export type Verdict =
  | { readonly kind: "fatal"; readonly why?: string }
  /** The server said when to come back. */
  | { readonly kind: "retry-after"; readonly delayMs: number }
  | { readonly kind: "backoff" }
  /** The same request without what the server refused. */
  | { readonly kind: "changed-request"; readonly parameter: ChangeableParameter };

/** Money is gone: waiting does not bring it back, though the status is that of a rate limit. */
const moneyGone = new Set(["insufficient_quota", "credit_balance_exhausted"]);

/** Longer waits are not slept through: the caller learns at once and may stop or go on elsewhere. */
const longestWaitMs = 60_000;

export function verdictOf(failure: Failure): Verdict {
  switch (failure.kind) {
    case "cancelled":
      return { kind: "fatal" };
    case "unreadable":
    case "timeout":
    case "connection":
      return { kind: "backoff" };
    case "status":
      return verdictOfStatus(failure);
  }
}

type StatusFailure = Extract<Failure, { kind: "status" }>;

function verdictOfStatus(failure: StatusFailure): Verdict {
  if (isMoneyGone(failure)) return { kind: "fatal" };
  const parameter = refusedParameter(failure);
  if (parameter !== undefined) return { kind: "changed-request", parameter };
  const asked = failure.headers.get("x-should-retry");
  if (asked === "false" || (asked !== "true" && !isPassing(failure.status))) return { kind: "fatal" };
  const delayMs = retryAfterMs(failure.headers);
  if (delayMs === undefined) return { kind: "backoff" };
  if (delayMs <= longestWaitMs) return { kind: "retry-after", delayMs };
  const seconds = Math.round(delayMs / 1000);
  return {
    kind: "fatal",
    why: `the server asks to wait ${seconds} s, longer than the ${longestWaitMs / 1000} s allowed`,
  };
}

/** 429 that only asks to slow down. */
export function isThrottling(failure: Failure): boolean {
  return failure.kind === "status" && failure.status === 429 && !isMoneyGone(failure);
}

/** The key is wrong, may not use the model, or there is no such model or address, or no server at it. */
export function failsForAll(failure: Failure): boolean {
  if (failure.kind === "connection") return !failure.sent;
  return failure.kind === "status" && !failure.withinSuccess && [401, 403, 404].includes(failure.status);
}

function isMoneyGone({ code, type }: StatusFailure): boolean {
  return moneyGone.has(code ?? "") || moneyGone.has(type ?? "");
}

/** 408 timeout, 409 lock, 425 too early, 429 rate; 501 and 505 are for good. */
function isPassing(status: number): boolean {
  if (status >= 500) return status !== 501 && status !== 505;
  return status === 408 || status === 409 || status === 425 || status === 429;
}

/** The exact codes differ between servers; a parameter together with "unsupported" in code or text is enough. */
function refusedParameter({ status, code, parameter, message }: StatusFailure): ChangeableParameter | undefined {
  if (status !== 400 && status !== 422) return undefined;
  // Too many of them, in whatever words; vLLM speaks of sample logprobs.
  if (parameter === "top_logprobs" || /sample logprobs/i.test(message)) return "top_logprobs";
  const isRefusal = code?.startsWith("unsupported") || /unsupported|not support/i.test(message);
  return isRefusal ? changeableParameters.find((known) => known === parameter) : undefined;
}

/**
 * Whether a failed request may have been billed. Refusals are not; when the server or the way back broke off, it may
 * have generated everything.
 */
export function mayBeBilled(failure: Failure): boolean {
  if (failure.kind === "connection") return failure.sent;
  if (failure.kind !== "status") return true;
  const { status, withinSuccess } = failure;
  if (withinSuccess || status === 408) return true;
  return status >= 500 && status !== 500 && status !== 503 && status !== 529;
}
