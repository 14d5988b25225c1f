import { join } from "node:path";
import type { RunSummary } from "@quorate/evaluation";
import { runFiles } from "@quorate/runs";
import type { RunOnDisk } from "../setup/run-on-disk.ts";
import { count, decimal, dollars, percent, seconds } from "./numbers.ts";
import { safeText } from "./safe-text.ts";

export interface Told {
  readonly run: RunOnDisk;
  readonly summary: RunSummary;
  /** Of this process; absent when a finished run is shown. */
  readonly wallMs?: number;
  readonly budgetUsd: number | undefined;
}

/** What a run came to, for a person. */
export function summaryLines({ run, summary, wallMs }: Told): string[] {
  const { identity } = run.run;
  const time = wallMs === undefined ? "" : ` in ${seconds(wallMs)}`;
  const lines = [
    `${identity.policy.name} · ${safeText(identity.model)} · ${count(summary.questions)} of ${count(identity.questions.count)} questions${time}`,
  ];
  const row = (name: string, text: string): void => void lines.push(`  ${name.padEnd(12)} ${text}`);
  if (summary.accuracy !== undefined) row("accuracy", accuracyText(summary.accuracy));
  if (summary.abstained !== undefined) {
    const { questions, accuracyOfOthers } = summary.abstained;
    const others = accuracyOfOthers === undefined ? "" : `; accuracy of the others ${percent(accuracyOfOthers)}`;
    row("kept back", `${count(questions)} answers that are too likely wrong${others}`);
  }
  if (summary.meanSamples !== undefined && summary.decided > 0) {
    const full = summary.fullVoteSamples / summary.decided;
    const saved = percent(summary.savedSamples / Math.max(1, summary.fullVoteSamples));
    row("samples", `${decimal(summary.meanSamples)} a question of ${decimal(full)} in the full vote: ${saved} saved`);
  }
  if (summary.meanRounds !== undefined) {
    const requests = run.requestCount > 0 ? `, ${count(run.requestCount)} requests in all` : "";
    row("rounds", `${decimal(summary.meanRounds)} a question${requests}`);
  }
  row("cost", costText(run, summary));
  const { audit } = summary;
  if (audit !== undefined) {
    const { disagreements, audited, samples } = audit;
    const verdict =
      audit.verdict === undefined ? "" : audit.verdict.drift ? ": drift" : ": consistent with the promise";
    row(
      "audit",
      `${count(disagreements)} of ${count(audited)} differ from the full vote, ${count(samples)} samples more${verdict}`,
    );
  }
  row("stopped by", listed(summary.stopReasons));
  if (Object.keys(summary.abstentions).length > 0) row("abstained", listed(summary.abstentions));
  const { unmeasured } = summary;
  if (unmeasured !== undefined) {
    const share = percent(unmeasured.votes / unmeasured.of);
    row("unmeasured", `${count(unmeasured.votes)} of ${count(unmeasured.of)} votes have no confidence (${share})`);
  }
  if (summary.followUps !== undefined) {
    const { samples, gaps = {} } = summary.followUps;
    const without = Object.values(gaps).reduce((sum, number) => sum + number, 0);
    const lacking = without > 0 ? `, no number for ${count(without)}: ${listed(gaps)}` : "";
    row("asked about", `${count(samples)} samples${lacking}`);
  }
  if (summary.failed > 0)
    row("no answer", `${count(summary.failed)} questions (see ${join(run.out, runFiles.decisions)}, field "error")`);
  if (summary.interim > 0) row("open", `${count(summary.interim)} questions have an interim answer`);
  row("results in", `${run.out}  (open ${join(run.out, runFiles.report)})`);
  return lines;
}

function accuracyText({ value, interval, groups, graded }: NonNullable<RunSummary["accuracy"]>): string {
  const over =
    groups === graded ? `${count(graded)} questions` : `${count(graded)} questions in ${count(groups)} groups`;
  if (interval === undefined) return `${percent(value)}  (${over})`;
  return `${percent(value)}  (95 %: ${percent(interval.low)} to ${percent(interval.high)}, over ${over})`;
}

function costText({ spent, unpricedCount }: RunOnDisk, summary: RunSummary): string {
  const total = spent.recordedUsd + spent.presumedUsd;
  if (unpricedCount > 0)
    return `unknown for ${count(unpricedCount)} requests: the model has no known price${total > 0 ? `; ${dollars(total)} for the rest` : ""}`;
  if (total === 0) return "nothing was paid";
  const auditsUsd = summary.audit?.costUsd ?? 0;
  const used = summary.fullVoteSamples - summary.savedSamples;
  const fullVote =
    used > 0
      ? `; the full vote would have cost about ${dollars(((spent.recordedUsd - auditsUsd) * summary.fullVoteSamples) / used)}`
      : "";
  const presumed = spent.presumedUsd > 0 ? ` + ${dollars(spent.presumedUsd)} presumed (requests of unknown fate)` : "";
  return `${dollars(spent.recordedUsd)}${presumed}${fullVote}`;
}

function listed(counts: Readonly<Record<string, number | undefined>>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => (b ?? 0) - (a ?? 0));
  return entries.map(([name, number]) => `${name} ${count(number ?? 0)}`).join(" · ") || "nothing yet";
}

/** The object of `--json`; what is unknown is absent. */
export function summaryJson({ run, summary, wallMs, budgetUsd }: Told): Record<string, unknown> {
  return {
    out: run.out,
    questions: run.run.identity.questions.count,
    decided: summary.decided,
    failed: summary.failed,
    ...(summary.accuracy !== undefined && { accuracy: summary.accuracy.value }),
    ...(summary.abstained !== undefined && { abstained: summary.abstained }),
    ...(summary.meanSamples !== undefined && { meanSamples: summary.meanSamples }),
    ...(summary.meanRounds !== undefined && { meanRounds: summary.meanRounds }),
    ...(run.unpricedCount === 0 && { costUsd: run.spent.recordedUsd }),
    ...(summary.unmeasured !== undefined && { unmeasured: summary.unmeasured }),
    ...(summary.audit !== undefined && { audit: summary.audit }),
    ...(summary.followUps !== undefined && { followUps: summary.followUps }),
    presumedUsd: run.spent.presumedUsd,
    ...(budgetUsd !== undefined && { budgetUsd }),
    ...(wallMs !== undefined && { wallMs: Math.round(wallMs) }),
  };
}
