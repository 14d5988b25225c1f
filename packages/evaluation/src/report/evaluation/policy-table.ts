import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { KnownMean, PolicyScore, PromptMean } from "../../replay/policy-score.ts";
import type { Interval } from "../../statistics/interval.ts";
import { dollars, grouped, mean, percent, percentRange } from "../../text/numbers.ts";
import { type DataColumn, dataTable } from "../data-table.ts";
import { type Html, html } from "../html.ts";

type Column = DataColumn<PolicyScore>;

const number = (head: string, cell: Column["cell"]): Column => ({ head, content: "number", cell });

/** How well each policy did and what it took. */
export function policyTable({ policies, baseline, questions }: EvaluationJson): Html {
  const columns: readonly Column[] = [
    number("Accuracy", ({ accuracy, accuracyInterval }) =>
      accuracy === undefined ? undefined : shareCell(accuracy, accuracyInterval, 1),
    ),
    number("Agreement", ({ agreement, agreementInterval }) => shareCell(agreement, agreementInterval, 2)),
    number("Samples", samplesCell),
    number("Rounds", ({ meanRounds }) => html`${meanRounds.toFixed(2)}`),
    number("Requests", ({ meanRequests }) => html`${meanRequests.toFixed(2)}`),
    number("Wrong mode", ({ wrongModeStops }) => html`${percent(wrongModeStops, 2)}`),
    number("Abstained", ({ meanAbstentions }) =>
      meanAbstentions === 0 ? undefined : html`${meanAbstentions.toFixed(2)}`,
    ),
    number("Tokens", (score) => tokensCell(score, questions)),
    number("Dollars", (score) => totalCell(score, questions)),
    number("Dollars, no prompts", (score) => outputCell(score, questions)),
    number("Seconds", secondsCell),
  ];
  return dataTable({
    caption: html`All figures are means a question. Small: 95 % intervals; median and 95th percentile. Agreement is with the full vote; wrong mode: stopped early on another answer than the full vote’s.`,
    head: "Policy",
    name: ({ policy }) => html`<bdi>${policy}</bdi>${policy === baseline ? html`<small>baseline</small>` : undefined}`,
    columns,
    rows: policies,
    isSortable: true,
    isCompact: true,
  });
}

function shareCell(share: number, interval: Interval | undefined, digits: number): Html {
  const range = interval === undefined ? undefined : html`<small>${percentRange(interval, digits)}</small>`;
  return html`${percent(share, digits)}${range}`;
}

function samplesCell({ meanSamples, medianSamples, p95Samples }: PolicyScore): Html {
  return html`${meanSamples.toFixed(2)}<small>${mean(medianSamples, 1)} · ${mean(p95Samples, 1)}</small>`;
}

function tokensCell({ outputTokens, inputTokens }: PolicyScore, questions: number): Html | undefined {
  if (outputTokens === undefined && inputTokens === undefined) return undefined;
  const output = outputTokens === undefined ? undefined : html`${grouped(outputTokens.mean)}`;
  const input = inputTokens === undefined ? undefined : html`<small>${grouped(inputTokens.shared)} of prompts</small>`;
  return html`${output}${input}${partNote(outputTokens ?? inputTokens, questions)}`;
}

function totalCell({ totalUsd }: PolicyScore, questions: number): Html | undefined {
  if (totalUsd === undefined) return undefined;
  return html`${dollars(totalUsd.shared)}<small>${dollars(totalUsd.apart)}, n = 1</small>${partNote(totalUsd, questions)}`;
}

/** Where the prompts are not known. */
function outputCell({ totalUsd, outputUsd }: PolicyScore, questions: number): Html | undefined {
  if (totalUsd !== undefined || outputUsd === undefined) return undefined;
  return html`${dollars(outputUsd.mean)}${partNote(outputUsd, questions)}`;
}

function secondsCell({ seconds }: PolicyScore): Html | undefined {
  if (seconds === undefined) return undefined;
  const short = (value: number) => value.toPrecision(3);
  return html`${short(seconds.mean)}<small>${short(seconds.median)} · ${short(seconds.p95)}</small>`;
}

/** A mean over only some of the questions says so. */
function partNote(known: KnownMean | PromptMean | undefined, questions: number): Html | undefined {
  return known === undefined || known.questions === questions
    ? undefined
    : html`<small>of ${grouped(known.questions)} questions</small>`;
}
