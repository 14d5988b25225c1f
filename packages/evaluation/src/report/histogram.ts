import type { RunSummary } from "../summary/run-summary.ts";
import { counted, grouped } from "../text/numbers.ts";
import { Html, html } from "./html.ts";

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly questions: number;
}

const mostBins = 32;
const mostLabels = 12;
const widestBar = 48;
const plot = { left: 52, right: 472, top: 28, bottom: 168 } as const;
const height = 214;

/** Samples per question as a drawing; bins of equal width when there are many values. */
export function histogram(histogramOf: RunSummary["samplesHistogram"]): Html {
  const bins = binned(histogramOf);
  const highest = Math.max(...bins.map(({ questions }) => questions));
  const top = niceCeiling(highest);
  const step = (plot.right - plot.left) / bins.length;
  const width = Math.min(widestBar, step * 0.8);
  const y = (questions: number) => plot.bottom - ((plot.bottom - plot.top) * questions) / top;
  const most = bins.find(({ questions }) => questions === highest)!;
  const label = `Histogram of samples per question. Most frequent: ${counted(highest, "question")} with ${rangeOf(most)}.`;
  const every = Math.ceil(bins.length / mostLabels);
  const ticks = [0, top / 2, top].filter(Number.isInteger);
  return html`<svg class="histogram" viewBox="0 0 480 ${height}" role="img" aria-label="${label}">
${ticks.map((tick) => html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${at(y(tick))}" y2="${at(y(tick))}"/><text x="${plot.left - 6}" y="${at(y(tick) + 4)}" text-anchor="end">${grouped(tick)}</text>`)}
${bins.map((bin, place) => {
  const left = plot.left + place * step;
  const title = html`<title>${rangeOf(bin)}: ${counted(bin.questions, "question")}</title>`;
  const rectangle = html`<rect x="${at(left + (step - width) / 2)}" width="${at(width)}" y="${at(y(bin.questions))}" height="${at(plot.bottom - y(bin.questions))}">${title}</rect>`;
  const name =
    place % every === 0
      ? html`<text x="${at(left + step / 2)}" y="${plot.bottom + 16}" text-anchor="middle">${nameOf(bin)}</text>`
      : undefined;
  return html`${rectangle}${name}`;
})}
<text x="${(plot.left + plot.right) / 2}" y="${height - 8}" text-anchor="middle" class="axis">samples drawn for a question</text>
<text x="0" y="12" class="axis">questions</text>
</svg>`;
}

/** Neighbouring values side by side, gaps included, so that the axis is true to scale. */
function binned(values: RunSummary["samplesHistogram"]): Bin[] {
  const first = values[0]?.samples ?? 0;
  const last = values.at(-1)?.samples ?? 0;
  const width = Math.ceil((last - first + 1) / mostBins);
  const bins = Array.from({ length: Math.ceil((last - first + 1) / width) }, (_, place) => {
    const from = first + place * width;
    return { from, to: Math.min(last, from + width - 1), questions: 0 };
  });
  for (const { samples, questions } of values) bins[Math.floor((samples - first) / width)]!.questions += questions;
  return bins;
}

/** The least of 2, 4, 10, 20, 40, 100, … that is not below: half of it is whole. */
function niceCeiling(value: number): number {
  for (let power = 1; ; power *= 10) {
    for (const factor of [2, 4, 6, 8, 10]) if (factor * power >= value) return factor * power;
  }
}

function nameOf({ from, to }: Bin): string {
  return from === to ? String(from) : `${from}–${to}`;
}

function rangeOf(bin: Bin): string {
  return `${nameOf(bin)} ${bin.to === 1 ? "sample" : "samples"}`;
}

function at(coordinate: number): Html {
  return new Html(coordinate.toFixed(1));
}
