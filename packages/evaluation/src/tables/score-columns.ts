import type { PolicyScore } from "../replay/policy-score.ts";
import { mean, percent, percentRange } from "../text/numbers.ts";
import { visible } from "../text/plain.ts";
import type { TableColumn } from "./narrowing-table.ts";

type Cell = TableColumn<PolicyScore>["cell"];

export const right = (head: string, rank: number, cell: Cell): TableColumn<PolicyScore> => ({
  head,
  align: "right",
  rank,
  cell,
});

export const policyColumn: TableColumn<PolicyScore> = {
  head: "policy",
  align: "left",
  rank: 0,
  cell: ({ policy }) => visible(policy),
};

/** How well each policy did, and with how much. */
export const scoreColumns: readonly TableColumn<PolicyScore>[] = [
  policyColumn,
  right("accuracy", 1, ({ accuracy }) => (accuracy === undefined ? undefined : percent(accuracy))),
  right("95 % interval", 2, ({ accuracyInterval }) => accuracyInterval && `${percentRange(accuracyInterval)} %`),
  right("agreement", 3, ({ agreement }) => percent(agreement, 2)),
  right("samples", 0, ({ meanSamples }) => meanSamples.toFixed(2)),
  right("median", 8, ({ medianSamples }) => mean(medianSamples, 1)),
  right("p95", 9, ({ p95Samples }) => mean(p95Samples, 1)),
  right("rounds", 4, ({ meanRounds }) => meanRounds.toFixed(2)),
  right("requests", 5, ({ meanRequests }) => meanRequests.toFixed(2)),
  right("wrong mode", 6, ({ wrongModeStops }) => percent(wrongModeStops, 2)),
  right("abstentions", 7, ({ meanAbstentions }) => meanAbstentions.toFixed(2)),
];
