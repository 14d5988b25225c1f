import type { Absence, Alignment, CoveragePoint, Interval, MetricName, ReliabilityBin } from "@quorate/confidence";

/** What one signal is worth on some answers. Metrics without a value are in `absent`, with the reason. */
export interface SignalFigures {
  readonly signal: string;
  /** Answers that have the signal and are graded. */
  readonly n: number;
  readonly metrics: { readonly [Name in MetricName]?: number };
  readonly absent: { readonly [Name in MetricName]?: Absence };
}

export interface SignalStudy extends SignalFigures {
  /** 95 %, questions or groups of them resampled whole; absent where there is none. */
  readonly intervals: { readonly [Name in MetricName]?: Interval };
  /** Filled bins; absent where the signal is no probability. */
  readonly reliability?: readonly ReliabilityBin[];
  /** Accuracy of the most confident answers. */
  readonly coverage: readonly CoveragePoint[];
}

/** The same signals on a part of the answers: a category, or a model. */
export interface StudiedPart {
  readonly name: string;
  /** Graded answers. */
  readonly n: number;
  /** Share of right ones. */
  readonly accuracy: number;
  readonly signals: readonly SignalFigures[];
}

/** Two confidences of the same answers, held against each other. */
export interface StudiedAlignment extends Alignment {
  /** Which signal stands for the model's probabilities, and which for its words. */
  readonly internal: string;
  readonly verbalised: string;
}

/** A study of the confidence in one recording (after Revisiting Uncertainty Estimation, 2505.23854). */
export interface Study {
  readonly file: string;
  readonly questionCount: number;
  readonly sampleCount: number;
  /** Answers with a gold answer to be held against. */
  readonly graded: number;
  /** Share of right ones among them. */
  readonly accuracy: number;
  readonly signals: readonly SignalStudy[];
  readonly alignment?: StudiedAlignment;
  /** Empty where there is one only, or where nobody named any. */
  readonly categories: readonly StudiedPart[];
  readonly models: readonly StudiedPart[];
  readonly notes: readonly string[];
}
