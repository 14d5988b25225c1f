import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { PolicyScore } from "../../replay/policy-score.ts";
import { bar } from "../bars.ts";
import { dataTable } from "../data-table.ts";
import { type Html, html } from "../html.ts";

/** Samples beside rounds and seconds: what is saved in one may be paid in the other. */
export function effortTable({ policies }: EvaluationJson): Html {
  const column = (head: string, of: (score: PolicyScore) => number | undefined, shown: (value: number) => string) => {
    const most = Math.max(...policies.map((score) => of(score) ?? 0));
    return {
      head,
      content: "text",
      cell: (score: PolicyScore) => {
        const value = of(score);
        return value === undefined
          ? undefined
          : html`<span class="measure">${shown(value)}${bar(most === 0 ? 0 : value / most)}</span>`;
      },
    } as const;
  };
  return dataTable({
    caption:
      "Means a question, fewest samples first. Rounds come one after another, so they are what a question waits for.",
    head: "Policy",
    name: ({ policy }) => html`<bdi>${policy}</bdi>`,
    columns: [
      column(
        "Samples",
        ({ meanSamples }) => meanSamples,
        (value) => value.toFixed(2),
      ),
      column(
        "Rounds",
        ({ meanRounds }) => meanRounds,
        (value) => value.toFixed(2),
      ),
      column(
        "Seconds",
        ({ seconds }) => seconds?.mean,
        (value) => value.toPrecision(3),
      ),
    ],
    rows: policies.toSorted((a, b) => a.meanSamples - b.meanSamples),
  });
}
