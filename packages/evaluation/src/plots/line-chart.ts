import type { Markish } from "@observablehq/plot";
import { type Canvas, label, markupOf, openCanvas, seriesColour, seriesDash, seriesSymbol } from "./canvas.ts";

/** One point of a series; `low` and `high` bound a 95 % interval on y. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
  /** What the point stands for, shown on hovering. */
  readonly name?: string;
}

export interface Series {
  readonly name: string;
  /** In the order in which a line joins them, at least one; a single one is a mark. */
  readonly points: readonly Point[];
}

export interface LineChart {
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** Of y: shares are shown as percentages. @default "number" */
  readonly yAs?: "share" | "number";
  /** The chart in a sentence, for those who do not see it. */
  readonly said: string;
  readonly height?: number;
}

/** Lines with the band of their interval; every line carries its name, a shape and a dash of its own. */
export async function lineChart(chart: LineChart): Promise<string> {
  const canvas = await openCanvas();
  const { plot, document } = canvas;
  const yFormat = chart.yAs === "share" ? (value: number) => `${trimmed(100 * value)} %` : trimmed;
  const { height = 380 } = chart;
  const drawing = plot.plot({
    document,
    width: 720,
    height,
    marginLeft: 60,
    marginRight: 110,
    x: { label: label(chart.xLabel), grid: true, nice: true, labelArrow: "none" },
    y: { label: label(chart.yLabel), grid: true, nice: true, tickFormat: yFormat, labelArrow: "none" },
    marks: [
      ...chart.series.flatMap((series, place) => marksOf(canvas, series, place, yFormat)),
      ...namesOf(canvas, chart.series, height),
    ],
  });
  return markupOf(drawing, chart.said);
}

function marksOf({ plot }: Canvas, { name, points }: Series, place: number, yFormat: (y: number) => string): Markish[] {
  const colour = seriesColour(place);
  const withInterval = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  const title = (point: Point) => label(`${point.name ?? name}: ${trimmed(point.x)}, ${yFormat(point.y)}`);
  return [
    points.length > 1
      ? plot.areaY(withInterval, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.12 })
      : plot.ruleX(withInterval, { x: "x", y1: "low", y2: "high", stroke: colour, strokeOpacity: 0.5 }),
    plot.lineY(points, { x: "x", y: "y", stroke: colour, strokeWidth: 1.75, strokeDasharray: seriesDash(place) }),
    plot.dot(points, {
      x: "x",
      y: "y",
      fill: colour,
      r: points.length > 1 ? 2.5 : 4.5,
      symbol: seriesSymbol(place),
      title,
    }),
  ];
}

const lineHeightPx = 13;

/** Each series' name where it ends, moved apart where several end together. */
function namesOf({ plot }: Canvas, series: readonly Series[], heightPx: number): Markish[] {
  const ys = series.flatMap(({ points }) => points.flatMap(({ y, low = y, high = y }) => [y, low, high]));
  const perPx = (Math.max(...ys) - Math.min(...ys)) / (heightPx - 60) || 1;
  const ends = series
    .map(({ name, points }, place) => ({
      name,
      place,
      end: points.reduce((far, point) => (far.x > point.x ? far : point)),
    }))
    .sort((a, b) => a.end.y - b.end.y);
  let under = Number.NEGATIVE_INFINITY;
  return ends.map(({ name, place, end }) => {
    const at = Math.max(end.y / perPx, under + lineHeightPx);
    under = at;
    return plot.text([end], {
      x: "x",
      y: "y",
      text: () => label(name),
      textAnchor: "start",
      dx: 9,
      dy: end.y / perPx - at,
      fill: seriesColour(place),
      fontWeight: 600,
    });
  });
}

/** Three digits are enough to read a chart by. */
function trimmed(value: number): string {
  return String(Number(value.toPrecision(3)));
}
