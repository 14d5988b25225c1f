import { markupOf, openCanvas } from "./canvas.ts";
import type { Bin } from "./column-chart.ts";

export interface SmallColumns {
  readonly bins: readonly Bin[];
  /** Of all bins together. */
  readonly total: number;
  /** The same for all charts that stand side by side. */
  readonly mostX: number;
  readonly mostShare: number;
  /** Marked on the axis. */
  readonly mean: number;
  /** The chart in a sentence, for those who do not see it. */
  readonly said: string;
}

/** One histogram of many: small, without names of its axes, comparable to its neighbours. */
export async function smallColumns({ bins, total, mostX, mostShare, mean, said }: SmallColumns): Promise<string> {
  const { plot, document } = await openCanvas();
  const drawing = plot.plot({
    document,
    width: 260,
    height: 116,
    marginLeft: 40,
    marginRight: 8,
    marginTop: 10,
    marginBottom: 22,
    x: { domain: [-0.5, mostX + 0.5], ticks: 5, label: null, tickFormat: wholeNumber },
    y: {
      domain: [0, mostShare],
      nice: true,
      grid: true,
      ticks: 3,
      label: null,
      tickFormat: (share: number) => `${Number((100 * share).toFixed(2))} %`,
    },
    marks: [
      plot.rectY(
        bins.filter(({ count }) => count > 0),
        {
          x1: ({ from }: Bin) => from - 0.42,
          x2: ({ to }: Bin) => to + 0.42,
          y: ({ count }: Bin) => count / total,
          fill: "var(--accent)",
          title: ({ from, to, count }: Bin) =>
            `${from === to ? from : `${from}–${to}`}: ${((100 * count) / total).toFixed(1)} %`,
        },
      ),
      plot.ruleY([0]),
      plot.ruleX([mean], { stroke: "var(--ink)", strokeDasharray: "3 2" }),
    ],
  });
  return markupOf(drawing, said);
}

const wholeNumber = (value: number): string => (Number.isInteger(value) ? String(value) : "");
