import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { PolicyScore } from "../../replay/policy-score.ts";
import { percent, unbroken } from "../../text/numbers.ts";
import { dataTable } from "../data-table.ts";
import { type Html, html } from "../html.ts";
import { stopMeaning } from "../reasons.ts";

/** What ended the sampling under each policy. */
export function stopReasons({ policies }: EvaluationJson): Html {
  const reasons = [...new Set(policies.flatMap(({ stopReasons: counts }) => Object.keys(counts)))].sort();
  const table = dataTable({
    caption: "Shares of all replays, in the order of the bar.",
    head: "Policy",
    name: ({ policy }) => html`<bdi>${policy}</bdi>`,
    columns: [{ head: "Stopped by", content: "text", cell: sharesCell }],
    rows: policies,
  });
  const meanings = reasons.map((reason) => {
    const meaning = stopMeaning(reason);
    return meaning === undefined
      ? html``
      : html`<dt>${reason}</dt><dd>${meaning}</dd>
`;
  });
  return html`${table}<dl class="facts">${meanings}</dl>`;
}

function sharesCell({ stopReasons: counts }: PolicyScore): Html {
  const all = Object.entries(counts);
  const replays = all.reduce((sum, [, count]) => sum + count, 0);
  const parts = all.map(([, count]) => html`<i style="flex-grow:${count}"></i>`);
  const said = all.map(([reason, count]) => `${reason} ${percent(count / replays)}`).join(" · ");
  return html`<span class="stopped"><span class="stack" aria-hidden="true">${parts}</span><span>${unbroken(said)}</span></span>`;
}
