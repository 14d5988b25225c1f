import { grouped, percent } from "../text/numbers.ts";
import { type Html, html } from "./html.ts";

export interface BarsInput {
  /** What the table shows, for its caption. */
  readonly caption: string;
  /** What a row is: the head of the first column. */
  readonly head: string;
  /** What is counted: the head of the second. */
  readonly unit: string;
  readonly counts: Readonly<Partial<Record<string, number>>>;
  readonly meaning: (name: string) => string | undefined;
}

/** Counts as a table with bars, each with what it means. */
export function bars({ caption, head, unit, counts, meaning }: BarsInput): Html {
  const rows = Object.entries(counts).map(([name, count = 0]) => ({ name, count }));
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return html`<table class="bars"><caption>${caption}</caption>
<thead><tr><th scope="col">${head}</th><th scope="col" class="n">${unit}</th><th scope="col" class="n">share</th></tr></thead>
<tbody>${rows.map(({ name, count }) => {
    const share = count / total;
    return html`<tr><th scope="row">${name}${bar(share)}${sentence(meaning(name))}</th><td class="n">${grouped(count)}</td><td class="n">${percent(share)}</td></tr>
`;
  })}</tbody></table>`;
}

/** A share of a track, for the eye; the number stands beside it. */
export function bar(share: number): Html {
  const width = (100 * Math.min(1, Math.max(0, share))).toFixed(1);
  return html`<span class="bar" aria-hidden="true"><i style="width:${width}%"></i></span>`;
}

function sentence(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<small>${text}</small>`;
}
