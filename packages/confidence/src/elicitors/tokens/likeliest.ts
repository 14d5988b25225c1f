import type { TokenLogprob } from "@quorate/core";

/** Natural log-probabilities of the likeliest tokens at one place, at least two. */
export type Likeliest = readonly number[];

/** With more of its places hidden than this, a mean over the rest says too little. The hidden ones are the least likely. */
export const mostHidden = 0.1;

/**
 * The places of a response that show at least two of their likeliest tokens. Undefined where none does; "censored" where more
 * than a tenth do not.
 */
export function likeliestAt(
  tokens: readonly TokenLogprob[] | undefined,
): readonly Likeliest[] | "censored" | undefined {
  if (tokens === undefined || tokens.length === 0) return undefined;
  const places = tokens.flatMap(({ top = [] }) => (top.length < 2 ? [] : [top.map(({ logprob }) => logprob)]));
  if (places.length === 0) return undefined;
  return tokens.length - places.length > mostHidden * tokens.length ? "censored" : places;
}

/** The mean over those places of what each says. */
export function meanOverPlaces(
  tokens: readonly TokenLogprob[] | undefined,
  read: (likeliest: Likeliest) => number,
): number | "censored" | undefined {
  const places = likeliestAt(tokens);
  if (places === undefined || places === "censored") return places;
  return places.reduce((sum, likeliest) => sum + read(likeliest), 0) / places.length;
}
