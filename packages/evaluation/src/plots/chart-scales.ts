import type { PlotOptions } from "@observablehq/plot";
import { agreementScale } from "./agreement-scale.ts";
import { label } from "./canvas.ts";
import type { LineChart } from "./line-chart.ts";
import type { DrawnPoint, Point } from "./series.ts";

interface ChartScales {
  readonly x: NonNullable<PlotOptions["x"]>;
  readonly y: NonNullable<PlotOptions["y"]>;
  /** Where on the y axis a value stands. */
  readonly height: (y: number) => number;
  readonly toDrawn: (point: Point) => DrawnPoint;
}

/** Both axes, wide enough for all that is drawn. */
export function scalesOf(chart: LineChart): ChartScales {
  const { xLabel, yLabel, yAs = "number", xAs = "number" } = chart;
  const ys = drawnYs(chart);
  const agreement = agreementScale(ys);
  const height = yAs === "agreement" ? agreement.position : (y: number) => y;
  const heights = ys.map(height);
  const ticks = new Map(agreement.ticks.map(({ position, text }) => [position, text]));
  const yText = yAs === "number" ? trimmed : (share: number) => `${Number((100 * share).toFixed(2))} %`;
  const xText = xAs === "dollars" ? (usd: number) => (usd === 0 ? "0" : `$${plain(usd)}`) : trimmed;
  return {
    x: { label: label(xLabel), grid: true, nice: true, zero: true, ticks: 6, tickFormat: xText, labelArrow: "none" },
    y: {
      label: label(yLabel),
      grid: true,
      domain: [Math.min(...heights), Math.max(...heights)],
      labelArrow: "none",
      ...(yAs === "agreement"
        ? { ticks: [...ticks.keys()], tickFormat: (position: number) => ticks.get(position)! }
        : { nice: true, ticks: 6, tickFormat: yText }),
    },
    height,
    toDrawn: (point) => ({
      ...point,
      y: height(point.y),
      ...(point.low !== undefined && { low: height(point.low) }),
      ...(point.high !== undefined && { high: height(point.high) }),
      title: `${xText(point.x)}, ${yText(point.y)}`,
    }),
  };
}

/** Intervals of quiet series are not drawn. */
function drawnYs({ series, reference }: LineChart): number[] {
  const ys = series.flatMap(({ points, isQuiet }) =>
    points.flatMap(({ y, low = y, high = y }) => (isQuiet === true ? [y] : [y, low, high])),
  );
  return reference === undefined ? ys : [...ys, reference.y];
}

/** Three digits are enough to read a chart by. */
const trimmed = (value: number): string => String(Number(value.toPrecision(3)));

/** The same without an exponent: small sums of money have many zeros. */
const plain = (value: number): string =>
  value.toLocaleString("en-US", { maximumSignificantDigits: 3, useGrouping: false, maximumFractionDigits: 12 });
