import type * as Plot from "@observablehq/plot";
import { html } from "../report/html.ts";
import { visible } from "../text/plain.ts";

type PlotDocument = NonNullable<Plot.PlotOptions["document"]>;

/** As much of a drawn element as is needed; the browser's types are not part of this program. */
interface Drawing {
  removeAttribute(name: string): void;
  readonly outerHTML: string;
}

/** Pixels of the drawing: beside another one on a wide page, or alone on a telephone. Letters are as large in both. */
export type ChartSize = "wide" | "narrow";

/** The plotting library and a document to draw in. Loaded when something is drawn: neither is needed before. */
export interface Canvas {
  readonly plot: typeof Plot;
  readonly document: PlotDocument;
}

let loading: Promise<Canvas> | undefined;

export function openCanvas(): Promise<Canvas> {
  loading ??= Promise.all([import("@observablehq/plot"), import("linkedom")]).then(([plot, { parseHTML }]) => ({
    plot,
    document: parseHTML("<!doctype html><html><body></body></html>").document as unknown as PlotDocument,
  }));
  return loading;
}

/** Names of policies and files come from people and from files: what cannot be seen is shown as its code point. */
export const label = (text: string): string => visible(text);

/** What a drawing says, for those who do not see it, and the drawing itself, as markup that stands for itself. */
export function markupOf(drawing: Drawing, said: string): string {
  drawing.removeAttribute("font-family");
  return drawing.outerHTML.replace("<svg", () => html`<svg role="img" aria-label="${said}"`.markup);
}

/**
 * Colours of series, set by the page for light and dark; shapes and dashes tell them apart without colour. After eight the
 * colours come again with other dashes.
 */
export const seriesColour = (place: number): string => `var(--series-${(place % 8) + 1})`;
const dashes = ["none", "6 3", "2 3", "8 3 2 3"];
export const seriesDash = (place: number): string => dashes[(place + Math.floor(place / 8)) % dashes.length]!;
const symbols = ["circle", "square", "triangle", "diamond", "cross", "star", "wye", "asterisk"] as const;
export const seriesSymbol = (place: number): (typeof symbols)[number] => symbols[place % symbols.length]!;

/** Keeps letters legible that lie on lines. */
export const halo = { stroke: "var(--ground)", strokeWidth: 4, strokeOpacity: 0.85 } as const;
