import type { AuditSummary } from "../audit/audit-summary.ts";
import { auditText } from "../audit/audit-text.ts";
import { promiseText } from "../risk/promise.ts";
import { counted, dollars, grouped, percent } from "../text/numbers.ts";
import { type Html, html } from "./html.ts";
import type { ReportInput, ReportRun } from "./report-input.ts";

/** What was asked, of whom, within which limits. */
export function facts({ run, summary }: Pick<ReportInput, "run" | "summary">): Html {
  const { policy, model, questionsPath, limits, createdAt, quorate } = run;
  const all: (readonly [string, Html])[] = [
    ["Policy", html`${policy.name}`],
    ["Model", html`<bdi>${model}</bdi>`],
    ["Questions", html`<bdi>${questionsPath}</bdi>`],
    ["Limits", html`${limitsText(limits)}`],
    ["Begun", html`<time datetime="${createdAt}">${minuteOf(createdAt)}</time>`],
    ["Quorate", html`${quorate}`],
    ...(policy.tuned === undefined ? [] : ([["Tuned", html`${promiseText(policy.tuned)}`]] as const)),
    ...(summary.audit === undefined ? [] : ([["Audit", html`${auditFact(summary.audit)}`]] as const)),
  ];
  return factList(all);
}

export function factList(all: readonly (readonly [name: string, value: Html])[]): Html {
  return html`<dl class="facts">${all.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
  )}</dl>`;
}

function auditFact(audit: AuditSummary): string {
  const { found, verdict } = auditText(audit);
  return `${found}; ${verdict}.`;
}

function limitsText(limits: ReportRun["limits"]): string {
  const { maxSamples, maxTokens, budgetUsd, totalSamples, allocate, deadlineMs, concurrency } = limits;
  const { speculate = 0, auditShare = 0 } = limits;
  return [
    `${counted(maxSamples, "sample")} a question`,
    ...(maxTokens === undefined ? [] : [`${counted(maxTokens, "token")} a sample`]),
    ...(budgetUsd === undefined ? [] : [`budget ${dollars(budgetUsd)}`]),
    ...(totalSamples === undefined
      ? []
      : [`${counted(totalSamples, "sample")} in all${allocate === undefined ? "" : `, allocated by ${allocate}`}`]),
    ...(deadlineMs === undefined ? [] : [`${grouped(deadlineMs / 1000)} s`]),
    ...(concurrency === undefined ? [] : [`${counted(concurrency, "request")} in flight`]),
    ...(auditShare > 0 ? [`${percent(auditShare)} audited`] : []),
    ...(speculate > 0 ? [`${grouped(speculate)} speculated a wave`] : []),
  ].join(", ");
}

/** As given where it is no time. */
function minuteOf(createdAt: string): string {
  const time = new Date(createdAt);
  return Number.isNaN(time.getTime()) ? createdAt : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
