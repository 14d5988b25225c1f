import type { DecisionRecord } from "@quorate/core";
import type { SeedPart } from "@quorate/providers";
import {
  type Pair,
  type PairedDifference,
  type PairedSide,
  pairedDifference,
} from "../statistics/paired-difference.ts";
import type { DecisionRecords } from "../summary/decision-records.ts";

/** Two runs joined by question id. */
export interface RunComparison {
  readonly inBoth: number;
  readonly onlyInA: number;
  readonly onlyInB: number;
  /** In both, but open in at least one: left out of what follows. */
  readonly undecided: number;
  /** Share of questions decided in both that got the same answer; none and none is the same. Absent without such questions. */
  readonly agreement?: number;
  /** b − a, over the questions decided in both. */
  readonly paired: PairedDifference;
}

export interface CompareOptions {
  /** Of the intervals' resampling. @default 0 */
  readonly seed?: SeedPart;
  /** @default 2000 */
  readonly resamples?: number;
}

interface Kept extends PairedSide {
  readonly answer: string | null;
  readonly interim: boolean;
}

/** Compares two runs on the questions that they share. Of each question of the first run a few numbers are kept. */
export async function compareRuns(
  a: DecisionRecords,
  b: DecisionRecords,
  { seed = 0, resamples }: CompareOptions = {},
): Promise<RunComparison> {
  const first = new Map<string, Kept>();
  for await (const decision of a) first.set(decision.id, keep(decision));
  const inA = first.size;
  const pairs: Pair[] = [];
  let inBoth = 0;
  let onlyInB = 0;
  let same = 0;
  for await (const decision of b) {
    const other = first.get(decision.id);
    if (other === undefined) {
      onlyInB += 1;
      continue;
    }
    inBoth += 1;
    const kept = keep(decision);
    if (other.interim || kept.interim) continue;
    if (other.answer === kept.answer) same += 1;
    pairs.push({ ...(decision.group !== undefined && { group: decision.group }), a: other, b: kept });
  }
  return {
    inBoth,
    onlyInA: inA - inBoth,
    onlyInB,
    undecided: inBoth - pairs.length,
    ...(pairs.length > 0 && { agreement: same / pairs.length }),
    paired: pairedDifference(pairs, { seed, ...(resamples !== undefined && { resamples }) }),
  };
}

function keep({ answer, correct, costUsd, sampleCount, speculatedSamples = 0, interim }: DecisionRecord): Kept {
  return {
    answer,
    interim: interim === true,
    samples: sampleCount + speculatedSamples,
    ...(correct !== undefined && { correct }),
    ...(costUsd !== undefined && { costUsd }),
  };
}
