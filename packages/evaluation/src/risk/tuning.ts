import type { Policy, Risk, TuningMethod } from "@quorate/core";

/** Means over the calibration questions. */
export interface LevelOutcome {
  readonly level: number;
  /** Mean loss: with one order a question, the share of questions that were lost. */
  readonly measuredRisk: number;
  readonly meanSamples: number;
  readonly meanRounds: number;
}

export interface TestedLevel extends LevelOutcome {
  /** Of "the risk is over ε"; absent where the method tests nothing. */
  readonly pValue?: number;
  /** Of the risk, one-sided at confidence 1 − δ. */
  readonly upperBound?: number;
  readonly passed: boolean;
}

/** What tuning found, and on what grounds. */
export interface Tuning {
  /** The policy at the level found, with what it promises. */
  readonly policy: Policy;
  readonly method: TuningMethod;
  readonly risk: Risk;
  readonly epsilon: number;
  /** Absent where the bound holds on average only. */
  readonly delta?: number;
  readonly maxSamples: number;
  readonly file: string;
  /** Independent questions that counted. */
  readonly questions: number;
  /** Orders of each question's samples. */
  readonly permutations: number;
  readonly parameter: string;
  readonly chosen: TestedLevel;
  /** The policy as it was given, on the same questions. */
  readonly untuned: Omit<LevelOutcome, "level"> & { readonly level: unknown };
  readonly fullVote: { readonly meanSamples: number; readonly meanRounds: number };
  /** From strict to loose, as far as it was looked. */
  readonly path: readonly TestedLevel[];
  readonly notes: readonly string[];
}
