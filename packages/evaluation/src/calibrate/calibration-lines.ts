import type { Judged } from "@quorate/confidence";
import { alignedRows, type Column, wrapped } from "../text/columns.ts";
import { visible } from "../text/plain.ts";

const columns: readonly Column[] = [
  { head: "", align: "left" },
  ...["ECE", "Brier", "NLL", "AUROC"].map((head) => ({ head, align: "right" }) as const),
];

export interface CalibrationReport {
  /** What was fitted, on what. */
  readonly title: string;
  /** Named rows of figures. */
  readonly figures: readonly (readonly [name: string, figures: Judged])[];
  /** What the figures are about. */
  readonly about: string;
  readonly notes: readonly string[];
}

/** Lines for a terminal, without escape codes: figures before and after, and what to know about them. */
export function calibrationLines({ title, figures, about, notes }: CalibrationReport, width = 80): string[] {
  const rows = figures.map(([name, { ece, brier, nll, auroc }]) => [name, ...[ece, brier, nll, auroc].map(figure)]);
  return [
    ...wrapped(visible(title), width, "  "),
    "",
    ...(rows.length > 0 ? alignedRows(columns, rows) : []),
    ...wrapped(about, width),
    ...(notes.length > 0 ? ["", ...notes.flatMap((note) => wrapped(`note: ${visible(note)}`, width, "  "))] : []),
  ];
}

function figure(value: number | undefined): string {
  return value === undefined ? "–" : value.toFixed(4);
}
