import type { Evaluation } from "../replay/evaluation.ts";
import { wrapped } from "../text/columns.ts";
import { counted, percent } from "../text/numbers.ts";
import { visible } from "../text/plain.ts";
import { costColumns } from "./cost-columns.ts";
import { curveColumns, curveLegend } from "./curve-columns.ts";
import { differenceColumns } from "./difference-columns.ts";
import { narrowingTable } from "./narrowing-table.ts";
import { scoreColumns } from "./score-columns.ts";

/** Lines for a terminal, without escape codes. Parts that would say nothing are left out. */
export function evaluationTable(evaluation: Evaluation, width = 80): string[] {
  const { file, questions, permutations, maxSamples, skipped, notes } = evaluation;
  const head = `${visible(file)}: ${counted(questions, "question")}, up to ${counted(maxSamples, "sample")} each, ${counted(permutations, "permutation")}`;
  const told = [
    ...notes.map((note) => `note: ${note}`),
    ...skipped.map(({ policy, why }) => `skipped ${policy}: ${why}`),
  ];
  const parts = [
    scores(evaluation, width),
    reasons(evaluation, width),
    costs(evaluation, width),
    differences(evaluation, width),
    curves(evaluation, width),
    told.flatMap((line) => wrapped(visible(line), width, "  ")),
  ];
  return [...wrapped(head, width, "  "), ...parts.flatMap((lines) => (lines.length > 0 ? ["", ...lines] : []))];
}

function scores({ policies }: Evaluation, width: number): string[] {
  return policies.length === 0 ? [] : narrowingTable(scoreColumns, policies, width);
}

function reasons({ policies }: Evaluation, width: number): string[] {
  return policies.flatMap(({ policy, stopReasons }) => {
    const replays = Object.values(stopReasons).reduce((sum, count) => sum + count, 0);
    const shares = Object.entries(stopReasons).map(([reason, count]) => `${reason} ${percent(count / replays)}`);
    return wrapped(`${visible(policy)} stopped by ${visible(shares.join(" · "))}`, width, "  ");
  });
}

function costs({ policies, priced }: Evaluation, width: number): string[] {
  const isKnown = policies.some(({ outputTokens, inputTokens, seconds }) => outputTokens ?? inputTokens ?? seconds);
  if (!isKnown) return [];
  const prices = priced === undefined || priced.price === "unknown" ? "" : `, prices of ${visible(priced.model)}`;
  return [...wrapped(`a question${prices}:`, width, "  "), ...narrowingTable(costColumns, policies, width)];
}

function differences({ policies, baseline }: Evaluation, width: number): string[] {
  const compared = policies.filter(({ versusBaseline }) => versusBaseline !== undefined);
  if (baseline === undefined || compared.length === 0) return [];
  return [
    ...wrapped(`against ${visible(baseline)}, paired, with 95 % intervals:`, width, "  "),
    ...narrowingTable(differenceColumns, compared, width),
  ];
}

function curves({ curves: swept = [], policies }: Evaluation, width: number): string[] {
  if (swept.length === 0) return [];
  const left = policies.filter(({ policy }) => !swept.some((curve) => curve.policy === policy));
  return [
    ...wrapped("samples at equal agreement, each policy swept over its levels:", width, "  "),
    ...narrowingTable(curveColumns, swept, width),
    ...wrapped(curveLegend, width, "  "),
    ...(left.length > 0
      ? wrapped(`nothing to sweep: ${left.map(({ policy }) => visible(policy)).join(", ")}`, width, "  ")
      : []),
  ];
}
