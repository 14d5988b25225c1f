import type { ChartSize } from "./canvas.ts";
import type { Series } from "./series.ts";

export interface LineChart {
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** Of y: shares are shown as percentages, agreement on a scale of what is lost. @default "number" */
  readonly yAs?: "share" | "agreement" | "number";
  /** @default "number" */
  readonly xAs?: "dollars" | "number";
  /** A level that all series are held against. */
  readonly reference?: { readonly y: number; readonly name: string };
  /** The chart in a sentence, for those who do not see it. */
  readonly said: string;
  /** @default "wide" */
  readonly size?: ChartSize;
}
