import type { DecisionRecord } from "@quorate/core";
import { dollars, percent } from "../text/numbers.ts";
import { shortened } from "../text/plain.ts";
import { bar } from "./bars.ts";
import { type Html, html } from "./html.ts";

export interface QuestionColumn {
  readonly head: string;
  /** Numbers stand right; a word is never broken. */
  readonly content: "number" | "word" | "text";
  readonly cell: (decision: DecisionRecord) => Html | undefined;
}

/** Answers and errors may be as long as a model likes. */
const shownLength = 240;

const columns: readonly QuestionColumn[] = [
  { head: "Answer", content: "text", cell: answerCell },
  { head: "Right", content: "text", cell: rightCell },
  {
    head: "Support",
    content: "number",
    cell: ({ answer, support }) => (answer === null ? undefined : html`${percent(support)}${bar(support)}`),
  },
  {
    head: "Confidence",
    content: "number",
    cell: ({ confidence }) => (confidence === undefined ? undefined : text(percent(confidence))),
  },
  { head: "Samples", content: "number", cell: samplesCell },
  { head: "Rounds", content: "number", cell: ({ rounds }) => text(String(rounds)) },
  { head: "Stopped by", content: "word", cell: ({ reason }) => text(reason) },
  {
    head: "Cost",
    content: "number",
    cell: ({ costUsd }) => (costUsd === undefined ? undefined : text(dollars(costUsd))),
  },
];

/** Columns that at least one row fills. */
export function columnsFor(rows: readonly DecisionRecord[]): readonly QuestionColumn[] {
  return columns.filter(({ cell }) => rows.some((row) => cell(row) !== undefined));
}

function text(content: string): Html {
  return html`${content}`;
}

function answerCell({ answer, error, interim }: DecisionRecord): Html {
  const shown = answer === null ? html`<em>no answer</em>` : html`<bdi>${shortened(answer, shownLength)}</bdi>`;
  const open = interim === true ? html` <span class="tag">still open</span>` : undefined;
  const why = error === undefined ? undefined : html`<small>${shortened(error, shownLength)}</small>`;
  return html`${shown}${open}${why}`;
}

/** Told by mark and word, never by colour alone. */
function rightCell({ correct, gold }: DecisionRecord): Html | undefined {
  if (correct === undefined) return undefined;
  if (correct) return html`<span class="right">✓ right</span>`;
  const instead = gold === undefined ? undefined : html`<small>gold <bdi>${shortened(gold, shownLength)}</bdi></small>`;
  return html`<span class="wrong">✗ wrong</span>${instead}`;
}

function samplesCell({ sampleCount, speculatedSamples = 0, abstentions = {} }: DecisionRecord): Html {
  const abstained = Object.values(abstentions).reduce((sum, count) => sum + count, 0);
  const notes = [
    ...(speculatedSamples > 0 ? [`+${speculatedSamples} speculated`] : []),
    ...(abstained > 0 ? [`${abstained} abstained`] : []),
  ];
  return html`${sampleCount}${notes.map((note) => html`<small>${note}</small>`)}`;
}
