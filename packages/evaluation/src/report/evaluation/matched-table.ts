import { agreements, type Curve } from "../../matched/curve.ts";
import type { Reach } from "../../matched/reach.ts";
import type { EvaluationJson } from "../../record/evaluation-json.ts";
import { percent } from "../../text/numbers.ts";
import { type DataColumn, dataTable } from "../data-table.ts";
import { type Html, html } from "../html.ts";

/** Fewest samples at equal agreement, and at the accuracy of the full vote. Undefined without sweeps. */
export function matchedTable({ curves = [], policies }: EvaluationJson): Html | undefined {
  if (curves.length === 0) return undefined;
  const unswept = policies.filter(({ policy }) => !curves.some((curve) => curve.policy === policy));
  const table = dataTable({
    caption: html`Samples a question at the level where a policy just reaches this agreement; small: 95 % intervals; bold: the fewest. ≤: the loosest level is already there. A percentage in brackets is the most that any level reaches.`,
    head: "Policy",
    name: ({ policy }) => html`<bdi>${policy}</bdi>`,
    columns: [
      { head: "Swept", content: "text", cell: sweptCell },
      ...agreements.map((agreement) =>
        columnOf(
          `${Number((100 * agreement).toFixed(1))} %`,
          curves,
          2,
          ({ samplesAtAgreement }) => samplesAtAgreement.find((one) => one.agreement === agreement)?.reach,
        ),
      ),
      columnOf("Full accuracy", curves, 1, ({ samplesAtFullVoteAccuracy }) => samplesAtFullVoteAccuracy),
    ],
    rows: curves,
    isCompact: true,
  });
  const left = unswept.map(({ policy }) => policy).join(", ");
  return html`${table}${unswept.length === 0 ? undefined : html`<p class="hint">Nothing to sweep: <bdi>${left}</bdi>.</p>`}`;
}

const sweptCell = ({ parameter, points }: Curve): Html =>
  html`${parameter}<small>${points[0]?.value ?? ""} to ${points.at(-1)?.value ?? ""}</small>`;

function columnOf(
  head: string,
  curves: readonly Curve[],
  digits: number,
  of: (curve: Curve) => Reach | undefined,
): DataColumn<Curve> {
  const samplesOf = (curve: Curve): number => {
    const reach = of(curve);
    return reach === undefined || reach.kind === "not-reached" ? Number.POSITIVE_INFINITY : reach.samples;
  };
  const fewest = Math.min(...curves.map(samplesOf));
  return {
    head,
    content: "number",
    cell: (curve) => {
      const reach = of(curve);
      if (reach === undefined) return undefined;
      if (reach.kind === "not-reached") return html`<span class="hint">(${percent(reach.best, digits)})</span>`;
      const text = `${reach.kind === "loosest-suffices" ? "≤ " : ""}${reach.samples.toFixed(2)}`;
      const value = reach.samples === fewest && curves.length > 1 ? html`<b>${text}</b>` : html`${text}`;
      const interval = reach.kind === "interpolated" ? reach.interval : undefined;
      return interval === undefined
        ? value
        : html`${value}<small>${interval.low.toFixed(2)}–${interval.high.toFixed(2)}</small>`;
    },
  };
}
