import type { GraderSettings } from "@quorate/answers";
import type { Policy, Risk, TuningMethod } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";

export interface TuneOptions {
  readonly trace: TraceFile;
  /** SHA-256 of the trace's file, hexadecimal: what the policy says it was tuned on. */
  readonly digest: string;
  readonly policy: Policy;
  readonly risk: Risk;
  /** Bound on the risk, in (0,1). */
  readonly epsilon: number;
  /** Chance that the bound does not hold, in (0,1); needed to learn then test, and absent for a conformal level. */
  readonly delta?: number;
  /** Samples of the full vote. */
  readonly maxSamples: number;
  /** @default "learn-then-test" */
  readonly method?: TuningMethod;
  /** As `--set` would name it; needed where several could be meant. */
  readonly parameter?: string;
  /** To be chosen before looking. @default 1 */
  readonly seed?: string | number;
  /** Orders in which each question is replayed. @default 1 */
  readonly permutations?: number;
  readonly grading?: GraderSettings;
  readonly signal?: AbortSignal;
}

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
