import { type Bin, binned, columnChart } from "../plots/column-chart.ts";
import type { RunSummary } from "../summary/run-summary.ts";
import { counted } from "../text/numbers.ts";
import { Html } from "./html.ts";

/** Samples per question as a drawing. */
export async function histogram(histogramOf: RunSummary["samplesHistogram"]): Promise<Html> {
  const bins = binned(histogramOf.map(({ samples, questions }) => ({ value: samples, count: questions })));
  const most = bins.reduce((highest, bin) => (bin.count > highest.count ? bin : highest));
  const said = `Histogram of samples per question. Most frequent: ${counted(most.count, "question")} with ${rangeOf(most)}.`;
  return new Html(await columnChart({ bins, xLabel: "samples drawn for a question", yLabel: "questions", said }));
}

function rangeOf({ from, to }: Bin): string {
  return `${from === to ? from : `${from}–${to}`} ${to === 1 ? "sample" : "samples"}`;
}
