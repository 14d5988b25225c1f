import { counted, grouped } from "../text/numbers.ts";
import { shortened } from "../text/plain.ts";
import type { ChosenRows } from "./chosen-rows.ts";
import { html } from "./html.ts";
import { columnsFor } from "./question-columns.ts";

const idLength = 120;

const classOf = { number: html` class="n"`, word: html` class="w"`, text: undefined };

/** On a narrow screen each row is a block, and its cells name themselves. */
export function cellLabels({ rows }: ChosenRows): string {
  const labels = columnsFor(rows).map(
    ({ head }, place) => `.questions td:nth-child(${place + 2})::before{content:"${head}"}`,
  );
  return `@media (max-width:44rem){${labels.join("")}}`;
}

/** The table of questions, piece by piece. */
export function* questionTable({ rows, leftOut }: ChosenRows): Generator<string> {
  const columns = columnsFor(rows);
  const heads = columns.map(({ head, content }) => html`<th scope="col"${classOf[content]}>${head}</th>`);
  const caption =
    leftOut === 0
      ? `${counted(rows.length, "question")}; those without an answer first.`
      : `${counted(rows.length, "question")} of ${grouped(rows.length + leftOut)}; those without an answer first. ` +
        `${grouped(leftOut)} left out here: decisions.jsonl has them all.`;
  yield `<p class="filter" hidden><label>Filter <input type="search" placeholder="id, answer, reason, wrong …"></label> <output></output></p>
`;
  yield html`<table class="questions stacked sortable"><caption>${caption}</caption>
<thead><tr><th scope="col">Question</th>${heads}</tr></thead>
<tbody>
`.markup;
  for (const decision of rows) {
    const cells = columns.map(({ cell, content }) => {
      const filled = cell(decision);
      return filled === undefined ? html`<td class="none"></td>` : html`<td${classOf[content]}>${filled}</td>`;
    });
    const kind = decision.answer === null ? html` class="failed"` : undefined;
    yield html`<tr${kind}><th scope="row"><bdi>${shortened(decision.id, idLength)}</bdi></th>${cells}</tr>
`.markup;
  }
  yield "</tbody></table>\n";
}
