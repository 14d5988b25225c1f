import type { Markish } from "@observablehq/plot";
import { shortened, visible } from "../text/plain.ts";
import { type Canvas, halo, seriesColour } from "./canvas.ts";
import { type Frame, type PlacedLabel, placeLabels, type Spot } from "./place-labels.ts";
import type { DrawnSeries } from "./series.ts";

interface Axis {
  readonly apply: (value: number) => number;
  readonly invert: (px: number) => number;
}

export interface Axes {
  readonly x: Axis;
  readonly y: Axis;
}

/** One label, of a series or of several marks on one spot. */
interface Label {
  readonly names: string[];
  readonly series: DrawnSeries;
  /** The series' points in pixels. */
  readonly spots: readonly Spot[];
}

interface Room {
  readonly frame: Frame;
  /** What else is drawn. */
  readonly occupied: readonly Spot[];
}

/** Each series' name beside one of its points; marks on one spot share a label. */
export function seriesNames(
  canvas: Canvas,
  series: readonly DrawnSeries[],
  axes: Axes,
  { frame, occupied }: Room,
): Markish[] {
  // Names that are needed choose their places first.
  const ordered = series.toSorted((a, b) => Number(isQuiet(a)) - Number(isQuiet(b)));
  const labels: Label[] = [];
  for (const one of ordered) {
    const spots = one.points.map(({ x, y }) => ({ x: axes.x.apply(x), y: axes.y.apply(y) }));
    const same = labels.find((label) => areOneSpot(label.spots, spots));
    if (same === undefined) labels.push({ names: [one.name], series: one, spots });
    else same.names.push(one.name);
  }
  const drawn = labels.map(({ spots, series: { points } }) => [...dotted(spots), ...ringsOf(spots, points)]);
  const othersAt = (spot: Spot, own: number): number =>
    drawn.filter((spots, place) => place !== own && spots.some((other) => areClose(spot, other))).length;
  const wishes = labels.map((label, own) => ({
    text: textOf(label),
    // Best where a line ends.
    anchors: [...label.spots].reverse().map((spot) => ({ ...spot, others: othersAt(spot, own) })),
    isNeeded: !isQuiet(label.series),
  }));
  return placeLabels(wishes, [...drawn.flat(), ...occupied], frame).flatMap((placed, rank) =>
    placed === undefined ? [] : marksOf(canvas, labels[rank]!, placed, axes),
  );
}

const isQuiet = ({ isQuiet: quiet = false }: DrawnSeries): boolean => quiet;

function areOneSpot(some: readonly Spot[], others: readonly Spot[]): boolean {
  const [[a], [b]] = [some, others];
  if (a === undefined || b === undefined || some.length > 1 || others.length > 1) return false;
  return Math.hypot(a.x - b.x, a.y - b.y) < 2;
}

const closePx = 9;

const areClose = (a: Spot, b: Spot): boolean => Math.hypot(a.x - b.x, a.y - b.y) < closePx;

const longestName = 26;
const mostNames = 3;
/** As wide as the narrowest chart. */
const longestLabel = 36;

function textOf({ names }: Label): string {
  const listed = names.slice(0, mostNames).map((name) => shortened(visible(name), longestName));
  const more = names.length > mostNames ? ` +${names.length - mostNames}` : "";
  return `${shortened(listed.join(" · "), longestLabel)}${more}`;
}

const ringPx = 6;

/** Large marks take room around their middle. */
function ringsOf(spots: readonly Spot[], points: DrawnSeries["points"]): Spot[] {
  const large = spots.filter((_, place) => spots.length === 1 || points[place]!.isOwn === true);
  return large.flatMap(({ x, y }) => [
    { x: x - ringPx, y },
    { x: x + ringPx, y },
    { x, y: y - ringPx },
    { x, y: y + ringPx },
  ]);
}

const stridePx = 5;

/** A line as points that lie so close that no label fits between them. */
function dotted(spots: readonly Spot[]): Spot[] {
  return spots.flatMap((spot, place) => {
    const next = spots[place + 1] ?? spot;
    const steps = Math.max(1, Math.ceil(Math.hypot(next.x - spot.x, next.y - spot.y) / stridePx));
    return Array.from({ length: steps }, (_, step) => ({
      x: spot.x + ((next.x - spot.x) * step) / steps,
      y: spot.y + ((next.y - spot.y) * step) / steps,
    }));
  });
}

function marksOf({ plot }: Canvas, label: Label, placed: PlacedLabel, { x, y }: Axes): Markish[] {
  const { anchor, dx, dy, textAnchor, isFar } = placed;
  const quiet = isQuiet(label.series);
  const fill = quiet ? "var(--muted)" : seriesColour(label.series.place);
  const from = [x.invert(anchor.x), y.invert(anchor.y)];
  const to = [x.invert(anchor.x + dx), y.invert(anchor.y + dy)];
  return [
    ...(isFar ? [plot.line([from, to], { stroke: fill, strokeOpacity: 0.6 })] : []),
    plot.text([to], { text: () => textOf(label), textAnchor, fill, fontWeight: quiet ? 400 : 600, ...halo }),
  ];
}
