import type { EvaluationJson } from "../../record/evaluation-json.ts";
import { unbroken } from "../../text/numbers.ts";
import { Html, html, preformatted } from "../html.ts";
import { charts } from "./charts.ts";
import { differenceTable } from "./difference-table.ts";
import { effortTable } from "./effort-table.ts";
import { looksOf } from "./emphasis.ts";
import { evaluationCards } from "./evaluation-cards.ts";
import { evaluationHeadline, evaluationRemarks } from "./evaluation-headline.ts";
import { hardQuestions } from "./hard-questions.ts";
import { making } from "./making.ts";
import { matchedTable } from "./matched-table.ts";
import { policyTable } from "./policy-table.ts";
import { sampleHistograms } from "./sample-histograms.ts";
import { stopReasons } from "./stop-reasons.ts";
import { verdictOf } from "./verdict.ts";

/** Of the headings: 2 where the page is about one evaluation, 3 below the name of each of several. */
export type HeadingLevel = 2 | 3;

/** One evaluation, section by section. Sections that would say nothing are left out. */
export async function* evaluationSections(evaluation: EvaluationJson, level: HeadingLevel): AsyncGenerator<string> {
  const section = (title: string, content: Html | undefined): string =>
    content === undefined
      ? ""
      : html`<section>${heading(title, level)}
${content}</section>
`.markup;
  const verdict = verdictOf(evaluation);
  yield html`<p class="headline">${unbroken(evaluationHeadline(evaluation, verdict))}</p>
<p class="remarks">${unbroken(evaluationRemarks(evaluation, verdict).join(" "))}</p>
${evaluationCards(evaluation, verdict)}
`.markup;
  if (evaluation.policies.length > 0) {
    yield section("What is lost, and what it takes", await charts(evaluation, looksOf(evaluation, verdict)));
    yield section("Policies", policyTable(evaluation));
    yield section("Samples at equal agreement", matchedTable(evaluation));
    yield section(`Against ${evaluation.baseline ?? "the baseline"}, paired`, differenceTable(evaluation));
    yield section("Samples and rounds", effortTable(evaluation));
    yield section("Samples a question", await sampleHistograms(evaluation));
    yield section("Why sampling stopped", stopReasons(evaluation));
    yield section("The hardest questions", hardQuestions(evaluation));
  }
  yield section("Notes", notes(evaluation));
  yield section("How this was made", making(evaluation));
  yield html`<details><summary>${heading("Policies as JSON", level)}</summary>
<pre>${preformatted(evaluation.policies.map(({ definition }) => JSON.stringify(definition, undefined, 2)).join("\n"))}</pre></details>
`.markup;
}

function heading(title: string, level: HeadingLevel): Html {
  const text = html`${title}`.markup;
  return new Html(`<h${level}>${text}</h${level}>`);
}

function notes({ notes: said = [], skipped = [] }: EvaluationJson): Html | undefined {
  if (said.length + skipped.length === 0) return undefined;
  return html`<ul class="notes">${said.map(
    (note) => html`<li>${note}</li>
`,
  )}${skipped.map(
    ({ policy, why }) => html`<li>Skipped <b><bdi>${policy}</bdi></b>: ${why}</li>
`,
  )}</ul>`;
}
