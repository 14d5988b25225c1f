import type { Difference } from "../statistics/group-difference.ts";
import { alignedRows } from "../text/columns.ts";
import { counted, dollars, grouped, percent, signed } from "../text/numbers.ts";
import { shortened, visible } from "../text/plain.ts";
import type { RunComparison } from "./compare-runs.ts";

export interface ComparisonNames {
  readonly a: string;
  readonly b: string;
}

const nameLength = 24;

interface Measure {
  readonly name: string;
  readonly of: Difference | undefined;
  readonly value: (value: number) => string;
  readonly change: (value: number) => string;
}

/** Lines for a terminal, without escape codes. */
export function comparisonLines(comparison: RunComparison, names: ComparisonNames): string[] {
  const { inBoth, onlyInA, onlyInB, undecided, agreement, paired } = comparison;
  const [a, b] = [names.a, names.b].map((name) => shortened(visible(name), nameLength)) as [string, string];
  const { onlyA, onlyB } = paired.discordant;
  return [
    `${counted(inBoth, "question")} in both, ${grouped(onlyInA)} only in ${a}, ${grouped(onlyInB)} only in ${b}`,
    ...(undecided > 0 ? [`${counted(undecided, "question")} still open in one of them, left out below`] : []),
    ...(agreement === undefined ? [] : [`same answer: ${percent(agreement)}`]),
    ...tableOf(comparison, a, b),
    ...(paired.accuracy === undefined
      ? []
      : [`right in one run only: ${grouped(onlyA)} in ${a}, ${grouped(onlyB)} in ${b}`]),
  ];
}

function tableOf({ paired }: RunComparison, a: string, b: string): string[] {
  const measures: Measure[] = [
    {
      name: "accuracy",
      of: paired.accuracy,
      value: percent,
      change: (difference) => `${signed(100 * difference, 1)} pp`,
    },
    {
      name: "samples",
      of: paired.samples,
      value: (value) => value.toFixed(2),
      change: (difference) => signed(difference, 2),
    },
    {
      name: "cost",
      of: paired.costUsd,
      value: dollars,
      change: (difference) => `${difference > 0 ? "+" : ""}${dollars(difference)}`,
    },
  ];
  const rows = measures.flatMap(({ name, of, value, change }) => {
    if (of === undefined) return [];
    const { interval } = of;
    const range = interval === undefined ? "-" : `${change(interval.low)} to ${change(interval.high)}`;
    return [[name, value(of.a), value(of.b), change(of.difference), range, grouped(of.questions)]];
  });
  if (rows.length === 0) return [];
  const right = (head: string) => ({ head, align: "right" as const });
  const columns = [
    { head: "per question", align: "left" as const },
    right(a),
    right(b),
    right("difference"),
    right("95 % interval"),
    right("questions"),
  ];
  return ["", ...alignedRows(columns, rows), ""];
}
