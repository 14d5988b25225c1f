import type { PlotOptions } from "@observablehq/plot";
import { agreementScale } from "./agreement-scale.ts";
import { label } from "./canvas.ts";
import type { LineChart } from "./line-chart-input.ts";
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
  const agreement = agreementScale(yAs === "agreement" ? ys : []);
  const height = yAs === "agreement" ? agreement.position : (y: number) => y;
  const heights = ys.map(height);
  const domain = yAs === "agreement" ? padded(heights) : extent(yAs === "number" ? [0, ...heights] : heights);
  const ticks = new Map(
    agreement.ticks.filter(({ position }) => position >= domain[0]).map(({ position, text }) => [position, text]),
  );
  const yText = yAs === "number" ? trimmed : (share: number) => `${Number((100 * share).toFixed(2))} %`;
  const xText = xAs === "dollars" ? (usd: number) => (usd === 0 ? "0" : `$${plain(usd)}`) : trimmed;
  return {
    x: {
      label: label(xLabel),
      grid: true,
      nice: true,
      zero: true,
      ticks: xTicks(chart),
      tickFormat: xText,
      labelArrow: "none",
    },
    y: {
      label: label(yLabel),
      grid: true,
      labelArrow: "none",
      domain,
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

/** As many as have room for their texts. */
const xTicks = ({ size, xAs }: LineChart): number => (size === "narrow" && xAs === "dollars" ? 3 : 6);

const extent = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];

/** Nothing lies on the axis; a power of ten where all is alike. */
function padded(values: readonly number[]): [number, number] {
  const [least, most] = extent(values);
  return most === least ? [least - 1, most] : [least - 0.05 * (most - least), most];
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
