import type { Likeliest } from "./likeliest.ts";

/**
 * DeepConf's confidence of a token (Fu et al. 2508.15260): −(1/k) Σ ln p over the k likeliest tokens at its place. High where
 * one of them takes nearly all. At least ln k, without an upper end; another k gives another scale.
 */
export function tokenConfidence(likeliest: Likeliest): number {
  return -likeliest.reduce((sum, logprob) => sum + logprob, 0) / likeliest.length;
}
