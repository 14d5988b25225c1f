import type { DecisionRecord } from "@quorate/core";

/** The decisions of a run, in any order. */
export type DecisionRecords = Iterable<DecisionRecord> | AsyncIterable<DecisionRecord>;
