import type { Markish, PlotOptions } from "@observablehq/plot";
import {
  type Canvas,
  type ChartSize,
  halo,
  label,
  markupOf,
  openCanvas,
  seriesColour,
  seriesDash,
  seriesSymbol,
} from "./canvas.ts";
import { scalesOf } from "./chart-scales.ts";
import type { LineChart } from "./line-chart-input.ts";
import { letterWidthPx, type Spot } from "./place-labels.ts";
import type { DrawnPoint, DrawnSeries } from "./series.ts";
import { type Axes, seriesNames } from "./series-names.ts";

const sizes = {
  wide: { width: 520, height: 350 },
  narrow: { width: 360, height: 320 },
} as const satisfies Record<ChartSize, unknown>;

const margins = { marginLeft: 56, marginRight: 20, marginTop: 28, marginBottom: 40 } as const;

/** Lines with the band of their interval; every line carries its name, a shape and a dash of its own. */
export async function lineChart(chart: LineChart): Promise<string> {
  const canvas = await openCanvas();
  const size = sizes[chart.size ?? "wide"];
  const { x, y, height, toDrawn } = scalesOf(chart);
  const series = chart.series
    .map((one, place): DrawnSeries => ({ ...one, place: one.place ?? place, points: one.points.map(toDrawn) }))
    // Quiet ones lie under the others.
    .sort((a, b) => Number(b.isQuiet ?? false) - Number(a.isQuiet ?? false));
  const options: PlotOptions = { document: canvas.document, ...size, ...margins, x, y };
  const marks = [
    ...(chart.reference === undefined ? [] : referenceMarks(canvas, chart.reference.name, height(chart.reference.y))),
    ...series.flatMap((one) => marksOf(canvas, one)),
  ];
  // Names need to know where everything lies, so all is drawn once without them.
  const bare = canvas.plot.plot({ ...options, marks });
  const axes = { x: bare.scale("x"), y: bare.scale("y") } as unknown as Axes;
  const frame = {
    left: margins.marginLeft + 2,
    top: 12,
    right: size.width - 2,
    bottom: size.height - margins.marginBottom - 2,
  };
  const occupied =
    chart.reference === undefined ? [] : spotsUnder(chart.reference, axes.y.apply(height(chart.reference.y)));
  const names = seriesNames(canvas, series, axes, { frame, occupied });
  return markupOf(canvas.plot.plot({ ...options, marks: [...marks, ...names] }), chart.said);
}

type Reference = NonNullable<LineChart["reference"]>;

const referenceAbovePx = 9;

/** Where the reference's name stands, letter by letter. */
function spotsUnder({ name }: Reference, yPx: number): Spot[] {
  return [...name].map((_, place) => ({
    x: margins.marginLeft + 8 + place * letterWidthPx,
    y: yPx - referenceAbovePx,
  }));
}

function referenceMarks({ plot }: Canvas, name: string, y: number): Markish[] {
  return [
    plot.ruleY([y], { stroke: "var(--ink)", strokeOpacity: 0.6 }),
    plot.text([y], {
      y: (value: number) => value,
      text: () => label(name),
      frameAnchor: "left",
      dx: 4,
      dy: -referenceAbovePx,
      fill: "var(--ink)",
      ...halo,
    }),
  ];
}

function marksOf({ plot }: Canvas, { name, points, place, isQuiet = false }: DrawnSeries): Markish[] {
  const colour = isQuiet ? "var(--muted)" : seriesColour(place);
  const withInterval = isQuiet ? [] : points.filter(({ low, high }) => low !== undefined && high !== undefined);
  const isLine = points.length > 1;
  const isLarge = ({ isOwn = false }: DrawnPoint) => isOwn || !isLine;
  const dot = {
    x: "x",
    y: "y",
    fill: colour,
    symbol: isQuiet ? ("circle" as const) : seriesSymbol(place),
    title: (point: DrawnPoint) => label(`${point.name ?? name}: ${point.title}`),
  };
  return [
    isLine
      ? plot.areaY(withInterval, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.08 })
      : plot.ruleX(withInterval, { x: "x", y1: "low", y2: "high", stroke: colour, strokeOpacity: 0.6 }),
    plot.lineY(points, {
      x: "x",
      y: "y",
      stroke: colour,
      strokeWidth: isQuiet ? 1 : 1.75,
      strokeOpacity: isQuiet ? 0.5 : 1,
      ...(isQuiet ? {} : { strokeDasharray: seriesDash(place) }),
    }),
    plot.dot(
      points.filter((point) => !isLarge(point)),
      { ...dot, r: isQuiet ? 1.5 : 2.25 },
    ),
    plot.dot(points.filter(isLarge), { ...dot, r: isQuiet ? 3 : 5, stroke: "var(--ground)", strokeWidth: 1 }),
  ];
}
