import { alignedRows, type Column, wrapped } from "../text/columns.ts";
import { counted, dollars, percent, percentRange } from "../text/numbers.ts";
import { visible } from "../text/plain.ts";
import type { Cascade, EscalationPoint, StageScore } from "./cascade.ts";

/** Lines for a terminal, without escape codes: where to escalate, and where to abstain after it. */
export function cascadeLines(cascade: Cascade, width = 100): string[] {
  const { questions, permutations, maxSamples, stages, escalating, notes } = cascade;
  return [
    ...wrapped(
      `Cascade of ${stages.map(({ file }) => visible(file)).join(" → ")}: ${counted(questions, "question")} in ${counted(permutations, "order")}, full votes of ${maxSamples}`,
      width,
      "  ",
    ),
    "",
    ...escalationRows(stages, escalating),
    ...wrapped(
      "escalate below: decisions less likely right than that go on to the next model, and both are paid.",
      width,
    ),
    "",
    ...abstentionRows(escalating),
    ...wrapped(
      "abstain below: answers less likely right than that are kept back. Cells: share of questions answered, accuracy of these.",
      width,
    ),
    ...(notes.length > 0 ? ["", ...notes.flatMap((note) => wrapped(`note: ${visible(note)}`, width, "  "))] : []),
  ];
}

const right = (head: string): Column => ({ head, align: "right" });

function escalationRows(stages: readonly StageScore[], points: readonly EscalationPoint[]): string[] {
  const hasDollars = points.every(({ costUsd }) => costUsd !== undefined);
  const columns: Column[] = [
    { head: "escalate below", align: "left" },
    right("accuracy"),
    ...stages.slice(1).map((_, place) => right(`reach ${place + 2}`)),
    ...stages.map((_, place) => right(`samples ${place + 1}`)),
    ...(hasDollars ? [right("$ a question")] : []),
  ];
  const rowOf = (
    name: string,
    { accuracy, interval, reached, samples, costUsd }: Omit<EscalationPoint, "below" | "abstaining">,
  ) => [
    name,
    interval === undefined ? percent(accuracy) : `${percent(accuracy)} (${percentRange(interval)})`,
    ...reached.slice(1).map((share) => percent(share)),
    ...samples.map((mean) => mean.toFixed(2)),
    ...(hasDollars ? [dollars(costUsd!)] : []),
  ];
  const alone = stages.slice(1).map(({ accuracy, interval, samples, costUsd }, place) =>
    rowOf(`${place + 2} alone`, {
      accuracy,
      ...(interval !== undefined && { interval }),
      reached: stages.map((_, at) => Number(at === place + 1)),
      samples: stages.map((_, at) => (at === place + 1 ? samples : 0)),
      ...(costUsd !== undefined && { costUsd }),
    }),
  );
  return alignedRows(columns, [...points.map((point) => rowOf(levelText(point.below), point)), ...alone]);
}

function abstentionRows(points: readonly EscalationPoint[]): string[] {
  const levels = points[0]!.abstaining.map(({ below }) => below);
  const columns: Column[] = [
    { head: "escalate below", align: "left" },
    ...levels.map((below) => right(below === 0 ? "abstain: never" : `${below}`)),
  ];
  const rows = points.map(({ below, abstaining }) => [
    levelText(below),
    ...abstaining.map(
      ({ coverage, accuracy }) => `${whole(coverage)}/${accuracy === undefined ? "–" : percent(accuracy)}`,
    ),
  ]);
  return alignedRows(columns, rows);
}

function levelText(below: number): string {
  return below === 0 ? "never" : below === 1 ? "always" : String(below);
}

function whole(share: number): string {
  return `${Math.round(100 * share)} %`;
}
