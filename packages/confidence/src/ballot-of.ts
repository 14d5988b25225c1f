import type { Ballot, Sample } from "@quorate/core";
import type { Estimator } from "./estimator.ts";

/** What a sample says to the vote. */
export function ballotOf(
  { extraction, signals, distribution }: Pick<Sample, "extraction" | "signals" | "distribution">,
  estimate: Estimator,
): Ballot {
  if (extraction.kind === "abstention") return extraction;
  const confidence = estimate(signals);
  if (distribution !== undefined) {
    return { ...extraction, ...(confidence !== undefined && { confidence }), distribution };
  }
  return confidence === undefined ? extraction : { ...extraction, confidence };
}
