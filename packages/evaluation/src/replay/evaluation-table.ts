import { alignedRows, type Column, wrapped } from "../text/columns.ts";
import { counted, percent } from "../text/numbers.ts";
import { visible } from "../text/plain.ts";
import type { Evaluation, PolicyScore } from "./evaluation.ts";

interface TableColumn extends Column {
  readonly cell: (score: PolicyScore) => string | undefined;
  /** Narrow screens lose the columns with the highest number first. */
  readonly rank: number;
}

const columns: readonly TableColumn[] = [
  { head: "policy", align: "left", rank: 0, cell: ({ policy }) => visible(policy) },
  {
    head: "accuracy",
    align: "right",
    rank: 1,
    cell: ({ accuracy }) => (accuracy === undefined ? undefined : percent(accuracy)),
  },
  {
    head: "95 % interval",
    align: "right",
    rank: 2,
    cell: ({ accuracyInterval: interval }) =>
      interval === undefined ? undefined : `${(100 * interval.low).toFixed(1)}–${percent(interval.high)}`,
  },
  { head: "agreement", align: "right", rank: 3, cell: ({ agreement }) => percent(agreement, 2) },
  { head: "samples", align: "right", rank: 0, cell: ({ meanSamples }) => meanSamples.toFixed(2) },
  { head: "rounds", align: "right", rank: 4, cell: ({ meanRounds }) => meanRounds.toFixed(2) },
  { head: "requests", align: "right", rank: 5, cell: ({ meanRequests }) => meanRequests.toFixed(2) },
  { head: "abstentions", align: "right", rank: 6, cell: ({ meanAbstentions }) => meanAbstentions.toFixed(2) },
];

/** Lines for a terminal, without escape codes. A column that is empty throughout, or that the width lacks room for, is left out. */
export function evaluationTable(evaluation: Evaluation, width = 80): string[] {
  const { file, questions, permutations, maxSamples, policies, skipped, notes } = evaluation;
  const head = `${visible(file)}: ${counted(questions, "question")}, up to ${counted(maxSamples, "sample")} each, ${counted(permutations, "permutation")}`;
  const told = [
    ...notes.map((note) => `note: ${note}`),
    ...skipped.map(({ policy, why }) => `skipped ${policy}: ${why}`),
  ];
  return [
    ...wrapped(head, width, "  "),
    ...(policies.length > 0 ? ["", ...tableOf(policies, width)] : []),
    ...(told.length > 0 ? ["", ...told.flatMap((line) => wrapped(visible(line), width, "  "))] : []),
  ];
}

function tableOf(policies: readonly PolicyScore[], width: number): string[] {
  let shown = columns.filter(({ cell }) => policies.some((score) => cell(score) !== undefined));
  for (;;) {
    const rows = policies.map((score) => shown.map(({ cell }) => cell(score) ?? "-"));
    const lines = alignedRows(shown, rows);
    const last = Math.max(...shown.map(({ rank }) => rank));
    if (last === 0 || lines.every((line) => line.length <= width)) return lines;
    shown = shown.filter(({ rank }) => rank !== last);
  }
}
