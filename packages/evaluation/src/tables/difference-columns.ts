import type { PolicyScore } from "../replay/policy-score.ts";
import type { Difference } from "../statistics/group-difference.ts";
import { signed } from "../text/numbers.ts";
import type { TableColumn } from "./narrowing-table.ts";
import { policyColumn } from "./score-columns.ts";

const column = (
  head: string,
  rank: number,
  of: (score: PolicyScore) => Difference | undefined,
  show: (value: number) => string,
): TableColumn<PolicyScore> => ({
  head,
  align: "right",
  rank,
  cell: (score) => {
    const difference = of(score);
    if (difference === undefined) return undefined;
    const { interval } = difference;
    const range = interval === undefined ? "" : ` (${show(interval.low)} to ${show(interval.high)})`;
    return `${show(difference.difference)}${range}`;
  },
});

const points = (share: number): string => signed(100 * share, 2);
const count = (samples: number): string => signed(samples, 2);

/** Policy − baseline with its interval; shares in percentage points. */
export const differenceColumns: readonly TableColumn<PolicyScore>[] = [
  policyColumn,
  column("accuracy, pp", 2, ({ versusBaseline }) => versusBaseline?.accuracy, points),
  column("agreement, pp", 1, ({ versusBaseline }) => versusBaseline?.agreement, points),
  column("samples", 0, ({ versusBaseline }) => versusBaseline?.samples, count),
];
