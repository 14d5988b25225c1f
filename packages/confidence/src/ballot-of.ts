import type { Ballot, Sample } from "@quorate/core";
import type { Estimator } from "./estimator.ts";

/** What a sample says to the vote. */
export function ballotOf({ extraction, signals }: Pick<Sample, "extraction" | "signals">, estimate: Estimator): Ballot {
  if (extraction.kind === "abstention") return extraction;
  const confidence = estimate(signals);
  return confidence === undefined ? extraction : { ...extraction, confidence };
}
