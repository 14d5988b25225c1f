import type { Reading, TokenLogprob } from "@quorate/core";
import { censoredLogprob } from "../trace/fields.ts";

/** With more of its tokens hidden than this, a mean over the rest says too little. */
const mostCensored = 0.1;

interface RawToken {
  readonly token?: unknown;
  readonly logprob?: unknown;
  readonly top_logprobs?: unknown;
}

export interface Logprobs {
  readonly mean: Reading;
  /** Censored as soon as one token is: a sum without it would flatter the sample. */
  readonly sum: Reading;
  readonly tokens?: readonly TokenLogprob[];
}

/**
 * The mean over the tokens whose log-probability the server told. If it hid more than a tenth of them, the mean is
 * censored: the hidden ones are the least likely, and leaving them out would flatter the sample. Undefined without tokens.
 */
export function readLogprobs(content: unknown, keepTokens: boolean): Logprobs | undefined {
  if (!Array.isArray(content) || content.length === 0) return undefined;
  let sum = 0;
  let known = 0;
  const tokens: TokenLogprob[] = [];
  for (const entry of content as readonly (RawToken | null)[]) {
    const logprob = logprobIn(entry);
    if (logprob !== "censored") {
      sum += logprob;
      known++;
    }
    if (keepTokens) tokens.push({ token: tokenIn(entry), logprob, ...likeliestIn(entry) });
  }
  const mean = content.length - known > mostCensored * content.length ? "censored" : sum / known;
  const total = known < content.length ? "censored" : sum;
  return keepTokens ? { mean, sum: total, tokens } : { mean, sum: total };
}

function tokenIn(entry: RawToken | null): string {
  return typeof entry?.token === "string" ? entry.token : "";
}

function logprobIn(entry: RawToken | null): Reading {
  const raw = entry?.logprob;
  // Rounding on the server can leave a certain token a hair above 0.
  return typeof raw === "number" && raw > censoredLogprob ? Math.min(0, raw) : "censored";
}

/** Nothing where the server shows none: it may give fewer than were asked for. */
function likeliestIn(entry: RawToken | null): Pick<TokenLogprob, "top"> {
  if (!Array.isArray(entry?.top_logprobs)) return {};
  const top = entry.top_logprobs.flatMap((one: RawToken | null) => {
    const logprob = logprobIn(one);
    return logprob === "censored" ? [] : [{ token: tokenIn(one), logprob }];
  });
  return top.length === 0 ? {} : { top };
}
