import type { RunSummary } from "../summary/run-summary.ts";
import { unbroken } from "../text/numbers.ts";
import { bars } from "./bars.ts";
import { cards } from "./cards.ts";
import { chooseRows } from "./chosen-rows.ts";
import { facts } from "./facts.ts";
import { headline } from "./headline.ts";
import { histogram } from "./histogram.ts";
import { type Html, html, preformatted } from "./html.ts";
import { pageEnd, pageHead } from "./page.ts";
import { promiseOf } from "./promises.ts";
import { cellLabels, questionTable } from "./question-table.ts";
import { abstentionMeaning, stopMeaning } from "./reasons.ts";
import type { ReportInput } from "./report-input.ts";

const defaultRows = 2000;

/**
 * The report of a run as one HTML file, piece by piece: nothing is loaded from anywhere, all of it can be read without its
 * script, and everything that comes from models and files is escaped.
 */
export async function* renderReport(input: ReportInput): AsyncGenerator<string> {
  const { title, run, summary, decisions, maxRows = defaultRows } = input;
  const chosen = await chooseRows(decisions, maxRows);
  yield* pageHead({ title, moreStyle: cellLabels(chosen) });
  yield html`<header><p class="brand">Quorate report</p><h1>${title}</h1></header>
<p class="headline">${unbroken(headline(summary))}</p>
${cards(input)}
${facts(input)}
${await votes(summary)}
`.markup;
  if (chosen.rows.length > 0) {
    yield "<section>\n<h2>Questions</h2>\n";
    yield* questionTable(chosen);
    yield "</section>\n";
  }
  yield html`<details><summary><h2>Policy as JSON</h2></summary>
<pre>${preformatted(JSON.stringify(run.policy, undefined, 2))}</pre></details>
`.markup;
  yield pageEnd;
}

async function votes(summary: RunSummary): Promise<Html> {
  const { decided, stopReasons, certificates, samplesHistogram, abstentions } = summary;
  const parts: Html[] = [];
  if (Object.keys(stopReasons).length > 0) {
    const table = bars({
      caption: "What ended the sampling of each question.",
      head: "reason",
      unit: "questions",
      counts: stopReasons,
      meaning: stopMeaning,
    });
    parts.push(html`<section><h2>Why sampling stopped</h2>${table}</section>`);
  }
  if (decided > 0) {
    const table = bars({
      caption: "They speak of the vote; none of them says that the answer is right.",
      head: "certificate",
      unit: "questions",
      counts: certificates,
      meaning: promiseOf,
    });
    parts.push(html`<section><h2>What is promised</h2>${table}</section>`);
    parts.push(html`<section><h2>Samples per question</h2>${await histogram(samplesHistogram)}</section>`);
  }
  const abstained = Object.keys(abstentions).length > 0;
  const table = abstained
    ? bars({
        caption: "Samples that cast no vote. They count as samples.",
        head: "reason",
        unit: "samples",
        counts: abstentions,
        meaning: abstentionMeaning,
      })
    : html`<p class="hint">Every sample gave an answer.</p>`;
  if (parts.length > 0) parts.push(html`<section><h2>Abstentions</h2>${table}</section>`);
  return html`<div class="pair">${parts}</div>`;
}
