import { agreements, type Curve } from "../matched/curve.ts";
import type { Reach } from "../matched/reach.ts";
import { percent } from "../text/numbers.ts";
import { visible } from "../text/plain.ts";
import type { TableColumn } from "./narrowing-table.ts";

/** Fewest samples at equal agreement, and at the accuracy of the full vote. */
export const curveColumns: readonly TableColumn<Curve>[] = [
  { head: "policy", align: "left", rank: 0, cell: ({ policy }) => visible(policy) },
  { head: "swept", align: "left", rank: 3, cell: ({ parameter, points }) => `${parameter} ${rangeOf(points)}` },
  ...agreements.map(
    (agreement, place): TableColumn<Curve> => ({
      head: `at ${Number((100 * agreement).toFixed(1))} %`,
      align: "right",
      rank: place === 1 ? 0 : 1,
      cell: ({ samplesAtAgreement }) => {
        const found = samplesAtAgreement.find((one) => one.agreement === agreement);
        return found && cellOf(found.reach, 2);
      },
    }),
  ),
  {
    head: "at full accuracy",
    align: "right",
    rank: 2,
    cell: ({ samplesAtFullVoteAccuracy: reach }) => reach && cellOf(reach, 1),
  },
];

/** What the signs mean, for the line below the table. */
export const curveLegend = "≤: the loosest level is already there; (…): the most that any level reaches.";

function cellOf(reach: Reach, digits: number): string {
  switch (reach.kind) {
    case "interpolated":
      return reach.samples.toFixed(2);
    case "loosest-suffices":
      return `≤ ${reach.samples.toFixed(2)}`;
    case "not-reached":
      return `(${percent(reach.best, digits)})`;
  }
}

const rangeOf = (points: Curve["points"]): string => `${points[0]?.value}–${points.at(-1)?.value}`;
