import { counted, dollars, grouped } from "../text/numbers.ts";
import { type Html, html } from "./html.ts";
import type { ReportRun } from "./report-input.ts";

/** What was asked, of whom, within which limits. */
export function facts({ policy, model, questionsPath, limits, createdAt, quorate }: ReportRun): Html {
  const all: [string, Html][] = [
    ["Policy", html`${policy.name}`],
    ["Model", html`<bdi>${model}</bdi>`],
    ["Questions", html`<bdi>${questionsPath}</bdi>`],
    ["Limits", html`${limitsText(limits)}`],
    ["Begun", html`<time datetime="${createdAt}">${minuteOf(createdAt)}</time>`],
    ["Quorate", html`${quorate}`],
  ];
  return html`<dl class="facts">${all.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
  )}</dl>`;
}

function limitsText(limits: ReportRun["limits"]): string {
  const { maxSamples, maxTokens, budgetUsd, totalSamples, allocate, deadlineMs, concurrency, speculate = 0 } = limits;
  return [
    `${counted(maxSamples, "sample")} a question`,
    ...(maxTokens === undefined ? [] : [`${counted(maxTokens, "token")} a sample`]),
    ...(budgetUsd === undefined ? [] : [`budget ${dollars(budgetUsd)}`]),
    ...(totalSamples === undefined
      ? []
      : [`${counted(totalSamples, "sample")} in all${allocate === undefined ? "" : `, allocated by ${allocate}`}`]),
    ...(deadlineMs === undefined ? [] : [`${grouped(deadlineMs / 1000)} s`]),
    ...(concurrency === undefined ? [] : [`${counted(concurrency, "request")} in flight`]),
    ...(speculate > 0 ? [`${grouped(speculate)} speculated a wave`] : []),
  ].join(", ");
}

/** As given where it is no time. */
function minuteOf(createdAt: string): string {
  const time = new Date(createdAt);
  return Number.isNaN(time.getTime()) ? createdAt : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
