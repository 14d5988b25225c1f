import type { Reading, TokenLogprob } from "@quorate/core";
import { censoredLogprob } from "../trace/fields.ts";

/** With more of its tokens hidden than this, a mean over the rest says too little. */
const mostCensored = 0.1;

export interface Logprobs {
  readonly mean: Reading;
  /** Censored as soon as one token is: a sum without it would flatter the sample. */
  readonly sum: Reading;
  readonly tokens?: readonly TokenLogprob[];
}

interface RawToken {
  readonly token?: unknown;
  readonly logprob?: unknown;
  readonly top_logprobs?: unknown;
}

/** Tokens without a number say nothing. Undefined without any. */
function readTop(shown: unknown): TokenLogprob["top"] {
  if (!Array.isArray(shown)) return undefined;
  const top = (shown as readonly (RawToken | null)[]).flatMap((entry) => {
    const { token, logprob } = entry ?? {};
    const isKnown = typeof token === "string" && typeof logprob === "number" && logprob > censoredLogprob;
    return isKnown ? [{ token, logprob: Math.min(0, logprob) }] : [];
  });
  return top.length === 0 ? undefined : top;
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
    const raw = entry?.logprob;
    // Rounding on the server can leave a certain token a hair above 0.
    const logprob = typeof raw === "number" && raw > censoredLogprob ? Math.min(0, raw) : "censored";
    if (logprob !== "censored") {
      sum += logprob;
      known++;
    }
    if (!keepTokens) continue;
    const top = readTop(entry?.top_logprobs);
    tokens.push({
      token: typeof entry?.token === "string" ? entry.token : "",
      logprob,
      ...(top !== undefined && { top }),
    });
  }
  const mean = content.length - known > mostCensored * content.length ? "censored" : sum / known;
  const total = known < content.length ? "censored" : sum;
  return keepTokens ? { mean, sum: total, tokens } : { mean, sum: total };
}
