import type { Interval } from "../statistics/interval.ts";

/** What became of the questions when decisions less likely right than `below` went on to the next model. */
export interface EscalationPoint {
  /** In [0,1]; 0: nothing goes on, the first model alone. */
  readonly below: number;
  /** Share of questions that reached each stage; the first is 1. */
  readonly reached: readonly number[];
  readonly accuracy: number;
  /** 95 %, over groups of questions. */
  readonly interval?: Interval;
  /** Samples a question, at each stage. */
  readonly samples: readonly number[];
  /** Dollars a question, all stages; absent where a price or a token count is not known. */
  readonly costUsd?: number;
  /** What is left when the final answers less likely right than a level are kept back. */
  readonly abstaining: readonly AbstentionPoint[];
}

export interface AbstentionPoint {
  /** In [0,1]; 0: every answer is given. */
  readonly below: number;
  /** Share of questions that get an answer. */
  readonly coverage: number;
  /** Share of right ones among these; absent where none is left. */
  readonly accuracy?: number;
}

/** One model by itself. */
export interface StageScore {
  readonly file: string;
  readonly policy: string;
  readonly accuracy: number;
  readonly interval?: Interval;
  readonly samples: number;
  readonly costUsd?: number;
}

/** A cascade of models in replay, by what it takes for a decision to go on. */
export interface Cascade {
  readonly questions: number;
  readonly permutations: number;
  readonly maxSamples: number;
  readonly stages: readonly StageScore[];
  /** From never to always. */
  readonly escalating: readonly EscalationPoint[];
  readonly notes: readonly string[];
}
