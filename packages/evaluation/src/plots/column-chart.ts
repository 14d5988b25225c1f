import { label, markupOf, openCanvas } from "./canvas.ts";

/** A column of a histogram: `from` and `to` are whole numbers, both included. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface ColumnChart {
  readonly bins: readonly Bin[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** The chart in a sentence, for those who do not see it. */
  readonly said: string;
}

const mostBins = 32;

interface Counted {
  readonly value: number;
  readonly count: number;
}

/**
 * Bins of equal width over whole numbers, gaps included, so that the axis is true to scale.
 *
 * @param range of all that is compared, where these values are not alone
 */
export function binned(
  values: readonly Counted[],
  range: { readonly first?: number; readonly last?: number } = {},
): Bin[] {
  const sorted = values.toSorted((a, b) => a.value - b.value);
  const { first = sorted[0]?.value ?? 0, last = sorted.at(-1)?.value ?? 0 } = range;
  const width = Math.ceil((last - first + 1) / mostBins);
  const bins = Array.from({ length: Math.ceil((last - first + 1) / width) }, (_, place) => {
    const from = first + place * width;
    return { from, to: Math.min(last, from + width - 1), count: 0 };
  });
  for (const { value, count } of sorted) bins[Math.floor((value - first) / width)]!.count += count;
  return bins;
}

/** How often each number occurs, as columns. */
export async function columnChart({ bins, xLabel, yLabel, said }: ColumnChart): Promise<string> {
  const { plot, document } = await openCanvas();
  const highest = Math.max(1, ...bins.map(({ count }) => count));
  const drawing = plot.plot({
    document,
    width: 560,
    height: 240,
    marginLeft: 52,
    marginTop: 28,
    marginBottom: 40,
    x: { label: label(xLabel), tickFormat: wholeNumber, labelArrow: "none" },
    y: { label: label(yLabel), grid: true, domain: [0, highest], nice: true, ticks: 4, labelArrow: "none" },
    marks: [
      plot.rectY(bins, {
        // A number's column stands around it.
        x1: ({ from }: Bin) => from - 0.42,
        x2: ({ to }: Bin) => to + 0.42,
        y: "count",
        fill: "var(--accent)",
        title: ({ from, to, count }: Bin) => `${from === to ? from : `${from}–${to}`}: ${count}`,
      }),
      plot.ruleY([0]),
    ],
  });
  return markupOf(drawing, said);
}

const wholeNumber = (value: number): string => (Number.isInteger(value) ? String(value) : "");
