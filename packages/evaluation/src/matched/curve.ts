import type { Sweep } from "@quorate/core";
import type { Interval } from "../statistics/interval.ts";
import type { Reach } from "./reach.ts";

/** The policy at one value of the parameter that is swept. */
export interface CurvePoint {
  readonly value: number;
  readonly meanSamples: number;
  readonly samplesInterval?: Interval;
  readonly meanRounds: number;
  readonly agreement: number;
  readonly agreementInterval?: Interval;
  /** Absent without gold. */
  readonly accuracy?: number;
  readonly accuracyInterval?: Interval;
  readonly wrongModeStops: number;
}

/** A policy from its loosest to its strictest setting. */
export interface Curve {
  readonly policy: string;
  /** As `--set` writes it. */
  readonly parameter: string;
  readonly strictness: Sweep["strictness"];
  /** The policy's own value of the parameter. */
  readonly own: number;
  /** Loosest first. */
  readonly points: readonly CurvePoint[];
  readonly samplesAtAgreement: readonly { readonly agreement: number; readonly reach: Reach }[];
  /** Absent without gold. */
  readonly samplesAtFullVoteAccuracy?: Reach;
}

export const agreements = [0.98, 0.99, 0.995, 0.999] as const;
