import { alignedRows, type Column, wrapped } from "../text/columns.ts";
import { counted, percent } from "../text/numbers.ts";
import { visible } from "../text/plain.ts";
import { promiseText } from "./promise.ts";
import type { TestedLevel, Tuning } from "./tuning.ts";

/** Lines for a terminal, without escape codes: the level, what it costs and promises, and how it was found. */
export function tuningLines(tuning: Tuning, width = 80): string[] {
  const { policy, parameter, chosen, questions, maxSamples, file, permutations, notes } = tuning;
  const orders = permutations === 1 ? "" : `, ${counted(permutations, "permutation")} each`;
  return [
    ...wrapped(
      `${visible(file)}: ${counted(questions, "question")} taken as independent, full vote of ${maxSamples}${orders}`,
      width,
      "  ",
    ),
    "",
    `${visible(policy.name)}: ${parameter} = ${chosen.level}`,
    ...wrapped(promiseText(tuning), width).map((line) => `  ${line}`),
    "  It says nothing about whether the full vote is right.",
    "",
    ...comparison(tuning),
    "",
    ...pathLines(tuning),
    ...(notes.length > 0 ? ["", ...notes.flatMap((note) => wrapped(`note: ${visible(note)}`, width, "  "))] : []),
  ];
}

function comparison({ chosen, untuned, fullVote, parameter, risk }: Tuning): string[] {
  const columns: Column[] = [
    { head: "", align: "left" },
    { head: risk, align: "right" },
    { head: "samples", align: "right" },
    { head: "rounds", align: "right" },
  ];
  const row = (name: string, measuredRisk: number, samples: number, rounds: number) => [
    name,
    percent(measuredRisk, 2),
    samples.toFixed(2),
    rounds.toFixed(2),
  ];
  return alignedRows(columns, [
    row("tuned", chosen.measuredRisk, chosen.meanSamples, chosen.meanRounds),
    row(
      `as it was (${parameter} = ${String(untuned.level)})`,
      untuned.measuredRisk,
      untuned.meanSamples,
      untuned.meanRounds,
    ),
    row("full vote", 0, fullVote.meanSamples, fullVote.meanRounds),
  ]);
}

function pathLines({ path, chosen, parameter, risk, delta }: Tuning): string[] {
  const isTested = delta !== undefined;
  const columns: Column[] = [
    { head: parameter.slice(parameter.lastIndexOf(".") + 1), align: "right" },
    { head: risk, align: "right" },
    ...(isTested ? ([head("at most"), head("p-value")] as const) : []),
    head("samples"),
    head("rounds"),
    { head: "", align: "left" },
  ];
  const rows = path.map((level) => [
    String(level.level),
    percent(level.measuredRisk, 2),
    ...(isTested ? [percent(level.upperBound ?? 1, 2), pValueText(level)] : []),
    level.meanSamples.toFixed(2),
    level.meanRounds.toFixed(2),
    level === chosen ? "chosen" : level.passed ? "passed" : isTested ? "failed: looser ones are not tested" : "",
  ]);
  return alignedRows(columns, rows);
}

function head(name: string): Column {
  return { head: name, align: "right" };
}

function pValueText({ pValue = 1 }: TestedLevel): string {
  return pValue < 0.0001 ? "<0.0001" : pValue.toFixed(4);
}
