import { type Html, html } from "./html.ts";

export interface DataColumn<Row> {
  readonly head: string;
  /** Numbers stand right; a word is never broken. */
  readonly content: "number" | "word" | "text";
  /** Undefined where there is nothing to say. */
  readonly cell: (row: Row) => Html | undefined;
}

export interface DataTable<Row> {
  readonly caption: string | Html;
  /** What a row is: the head of the first column. */
  readonly head: string;
  readonly name: (row: Row) => Html;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  /** By any column, with the page's script. */
  readonly isSortable?: boolean;
  /** On a narrow screen several cells stand side by side: for many short numbers. */
  readonly isCompact?: boolean;
}

const classOf = { number: html` class="n"`, word: html` class="w"`, text: undefined };

/** A table whose rows become blocks on a narrow screen, each cell with its name. Columns that no row fills are left out. */
export function dataTable<Row>({
  caption,
  head,
  name,
  columns,
  rows,
  isSortable = false,
  isCompact = false,
}: DataTable<Row>): Html {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const shown = columns.flatMap((column, place) =>
    cells.some((row) => row[place] !== undefined) ? [{ ...column, place }] : [],
  );
  const kind = `${isSortable ? " sortable" : ""}${isCompact ? " compact" : ""}`;
  return html`<table class="data stacked${kind}"><caption>${caption}</caption>
<thead><tr><th scope="col">${head}</th>${shown.map(({ head: text, content }) => html`<th scope="col"${classOf[content]}>${text}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row, at) => html`<tr><th scope="row">${name(row)}</th>${shown.map(({ head: text, content, place }) => {
    const cell = cells[at]![place];
    return cell === undefined
      ? html`<td class="none"></td>`
      : html`<td${classOf[content]} data-head="${text}">${cell}</td>`;
  })}</tr>
`,
)}</tbody></table>`;
}
