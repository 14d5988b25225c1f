import { quantileOf } from "@quorate/core";
import type { MetricValue } from "./metric.ts";
import { spearman } from "./spearman.ts";

/** What a model's probabilities and its words say of one answer; absent where a reply had no label, or no probabilities. */
export interface TwoConfidences {
  /** From probabilities, as P_IC of the paper. */
  readonly internal?: number;
  /** As the model put it. */
  readonly verbalised?: number;
}

export interface AlignmentOptions {
  /** An internal confidence from here on is high. @default the data set's median, as in the paper's figures 5 and 6 */
  readonly internalHigh?: number;
  /** A verbalised confidence from here on is high. @default 0.8, "fairly certain" */
  readonly verbalisedHigh?: number;
}

/** Counts by who is sure (Confidence Under the Hood, arXiv 2405.16282, section 5). */
export interface MisalignmentTable {
  /** Both are high. */
  readonly consistentAlignment: number;
  /** Internal high, verbalised low. */
  readonly internalOverconfidence: number;
  /** Internal low, verbalised high. */
  readonly externalOverconfidence: number;
  /** Both are low. */
  readonly consistentDiscordance: number;
}

export interface Alignment {
  /** Answers with both confidences; all else here is about these. */
  readonly count: number;
  /** Answers without the one or the other. */
  readonly withoutInternal: number;
  readonly withoutVerbalised: number;
  readonly spearman: MetricValue;
  readonly table: MisalignmentTable;
  /** Where high begins; absent where there is nothing to take a median of. */
  readonly internalHigh?: number;
  readonly verbalisedHigh: number;
}

/** Confidence–probability alignment: do a model's words go with its probabilities? The paper gives no thresholds; ours are options. */
export function alignmentOf(answers: Iterable<TwoConfidences>, options: AlignmentOptions = {}): Alignment {
  const internal: number[] = [];
  const verbalised: number[] = [];
  let withoutInternal = 0;
  let withoutVerbalised = 0;
  for (const answer of answers) {
    if (answer.internal === undefined) withoutInternal += 1;
    if (answer.verbalised === undefined) withoutVerbalised += 1;
    if (answer.internal === undefined || answer.verbalised === undefined) continue;
    internal.push(answer.internal);
    verbalised.push(answer.verbalised);
  }
  const values = Float64Array.from(internal);
  const {
    verbalisedHigh = 0.8,
    internalHigh = values.length === 0 ? undefined : quantileOf(values.slice().sort(), 0.5),
  } = options;
  return {
    count: values.length,
    withoutInternal,
    withoutVerbalised,
    spearman: spearman(values, Float64Array.from(verbalised)),
    table: tableOf(internal, verbalised, internalHigh ?? 0, verbalisedHigh),
    ...(internalHigh !== undefined && { internalHigh }),
    verbalisedHigh,
  };
}

function tableOf(
  internal: readonly number[],
  verbalised: readonly number[],
  internalHigh: number,
  verbalisedHigh: number,
): MisalignmentTable {
  const counts = {
    consistentAlignment: 0,
    internalOverconfidence: 0,
    externalOverconfidence: 0,
    consistentDiscordance: 0,
  };
  internal.forEach((value, place) => {
    const says = verbalised[place]! >= verbalisedHigh;
    if (value >= internalHigh) counts[says ? "consistentAlignment" : "internalOverconfidence"] += 1;
    else counts[says ? "externalOverconfidence" : "consistentDiscordance"] += 1;
  });
  return counts;
}
