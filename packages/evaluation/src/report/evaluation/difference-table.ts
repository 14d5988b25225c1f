import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { PolicyScore } from "../../replay/policy-score.ts";
import type { Difference } from "../../statistics/group-difference.ts";
import { signed } from "../../text/numbers.ts";
import { type DataColumn, dataTable } from "../data-table.ts";
import { type Html, html } from "../html.ts";

interface Quantity {
  readonly head: string;
  /** Shares are told in percentage points. */
  readonly factor: number;
  readonly of: (score: PolicyScore) => Difference | undefined;
}

const quantities: readonly Quantity[] = [
  { head: "Accuracy, pp", factor: 100, of: ({ versusBaseline }) => versusBaseline?.accuracy },
  { head: "Agreement, pp", factor: 100, of: ({ versusBaseline }) => versusBaseline?.agreement },
  { head: "Samples", factor: 1, of: ({ versusBaseline }) => versusBaseline?.samples },
];

/** Policy − baseline with its interval; undefined where nothing was compared. */
export function differenceTable({ policies }: EvaluationJson): Html | undefined {
  const rows = policies.filter(({ versusBaseline }) => versusBaseline !== undefined);
  if (rows.length === 0) return undefined;
  return dataTable({
    caption: html`Question by question, with 95 % intervals; shares in percentage points. Bold where the interval leaves 0 out; elsewhere it is open which of the two is better.`,
    head: "Policy",
    name: ({ policy }) => html`<bdi>${policy}</bdi>`,
    columns: quantities.map((quantity) => columnOf(quantity, rows)),
    rows,
    isSortable: true,
  });
}

function columnOf({ head, factor, of }: Quantity, rows: readonly PolicyScore[]): DataColumn<PolicyScore> {
  const ends = rows.flatMap((row) => {
    const found = of(row);
    return found === undefined ? [] : [found.difference, found.interval?.low ?? 0, found.interval?.high ?? 0];
  });
  const scale = { least: Math.min(0, ...ends), most: Math.max(0, ...ends) };
  return {
    head,
    content: "number",
    cell: (row) => {
      const found = of(row);
      if (found === undefined) return undefined;
      const { difference, interval } = found;
      const shown = (value: number) => signed(factor * value, 2);
      if (interval === undefined) return html`${shown(difference)}`;
      const { low, high } = interval;
      const value = low > 0 || high < 0 ? html`<b>${shown(difference)}</b>` : html`${shown(difference)}`;
      return html`<span class="paired">${whisker(found, scale)}<span>${value}<small>${shown(low)} to ${shown(high)}</small></span></span>`;
    },
  };
}

/** The interval on a line with a mark at 0, for the eye; the numbers stand beside it. */
function whisker(
  { difference, interval }: Difference,
  { least, most }: { readonly least: number; readonly most: number },
): Html | undefined {
  if (interval === undefined || most === least) return undefined;
  const at = (value: number): string => ((100 * (value - least)) / (most - least)).toFixed(1);
  const width = ((100 * (interval.high - interval.low)) / (most - least)).toFixed(1);
  return html`<span class="whisker" aria-hidden="true"><i style="left:${at(interval.low)}%;width:${width}%"></i><s style="left:${at(0)}%"></s><b style="left:${at(difference)}%"></b></span>`;
}
