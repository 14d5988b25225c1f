import { z } from "zod";

const errorKinds = [
  "rate-limit-requests",
  "rate-limit-tokens",
  "insufficient-quota",
  "slow-down",
  "server-error",
  "overloaded",
  "bad-gateway",
  "unsupported-parameter",
] as const;

const transportKinds = ["hang", "slow", "stall", "reset-before-headers", "reset-mid-body", "malformed-json"] as const;

const contentKinds = [
  "missing-role",
  "missing-usage",
  "refusal",
  "empty-choices",
  "fewer-choices",
  "censored-logprobs",
  "missing-logprobs",
  "empty-content",
  "hostile-content",
] as const;

export const faultKinds = [...errorKinds, ...transportKinds, ...contentKinds] as const;

export type FaultKind = (typeof faultKinds)[number];
export type ErrorKind = (typeof errorKinds)[number];

const errorKindSet: ReadonlySet<FaultKind> = new Set(errorKinds);

export function isErrorKind(kind: FaultKind): kind is ErrorKind {
  return errorKindSet.has(kind);
}

/** One fault and when it strikes. All given conditions must hold; the first rule that strikes wins. */
export const faultRuleSchema = z
  .strictObject({
    kind: z.enum(faultKinds),
    /** Drawn from (server seed, rule, prompt, request of that prompt): the same in every order of arrival. */
    probability: z.number().min(0).max(1).default(1),
    /** Numbers of requests to this server; the first is 1. */
    requests: z.array(z.int().min(1)).optional(),
    /** Numbers of requests for the same prompt; the first is 1. */
    attempts: z.array(z.int().min(1)).optional(),
    /** Found in the prompt. */
    key: z.string().min(1).optional(),
    /** Strikes at most so often. */
    times: z.int().min(1).optional(),
    /** Whether the request is billed; not for error statuses, which never are. See the README for the defaults. */
    billed: z.boolean().optional(),
    retryAfterSeconds: z.number().min(0).optional(),
    retryAfterMs: z.number().min(0).optional(),
    /** Sent as `x-should-retry`. */
    shouldRetry: z.boolean().optional(),
    /** For `unsupported-parameter`, which strikes only requests that send it. */
    param: z.string().default("temperature"),
    code: z.enum(["unsupported_parameter", "unsupported_value"]).default("unsupported_parameter"),
    /** For `slow`. */
    delayMs: z.number().min(0).default(100),
    /** For `stall` and `reset-mid-body` of a stream: tokens of each choice before it; half of them when absent. */
    afterTokens: z.int().min(0).optional(),
    /** For `refusal`. */
    finishReason: z.enum(["stop", "content_filter"]).default("stop"),
    /** For `fewer-choices`: how many come. */
    choices: z.int().min(1).default(1),
    /** For `censored-logprobs`: the share of tokens at -9999. */
    share: z.number().min(0).max(1).default(1),
    /** For `hostile-content`; by turns when absent. */
    hostile: z.enum(["terminal", "html", "huge"]).optional(),
  })
  .refine((rule) => !(rule.billed === true && isErrorKind(rule.kind)), {
    message: "Expected `billed` to be absent or false: error statuses are never billed",
    path: ["billed"],
  });

export type FaultRule = z.output<typeof faultRuleSchema>;
