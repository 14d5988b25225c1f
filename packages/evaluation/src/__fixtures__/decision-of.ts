import type { DecisionRecord } from "@quorate/core";

/** A decided question, unless told otherwise. */
export function decisionOf(id: string, more: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    id,
    answer: "A",
    support: 1,
    reason: "beta",
    certificate: "heuristic",
    sampleCount: 4,
    savedSamples: 12,
    rounds: 1,
    votes: [{ answer: "A", count: 4, weight: 4 }],
    latencyMs: 5,
    ...more,
  };
}
