import { alignedRows, type Column } from "../text/columns.ts";

export interface TableColumn<Row> extends Column {
  readonly cell: (row: Row) => string | undefined;
  /** Narrow screens lose the columns with the highest number first; those with 0 stay. */
  readonly rank: number;
}

/** A column that is empty throughout, or that the width lacks room for, is left out. */
export function narrowingTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  width: number,
): string[] {
  let shown = columns.filter(({ cell }) => rows.some((row) => cell(row) !== undefined));
  for (;;) {
    const cells = rows.map((row) => shown.map(({ cell }) => cell(row) ?? "-"));
    const lines = alignedRows(shown, cells);
    const last = Math.max(...shown.map(({ rank }) => rank));
    if (last === 0 || lines.every((line) => line.length <= width)) return lines;
    shown = shown.filter(({ rank }) => rank !== last);
  }
}
