import { lineChart } from "../../plots/line-chart.ts";
import type { LineChart } from "../../plots/line-chart-input.ts";
import type { Point, Series } from "../../plots/series.ts";
import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { PolicyScore } from "../../replay/policy-score.ts";
import type { Interval } from "../../statistics/interval.ts";
import { percent } from "../../text/numbers.ts";
import { Html, html } from "../html.ts";
import type { Look } from "./emphasis.ts";

type Looks = ReadonlyMap<string, Look>;

/** What policies lose against what they take. A policy that was swept is a line, any other a mark. */
export async function charts(evaluation: EvaluationJson, looks: Looks): Promise<Html> {
  const specs = [
    agreementBySamples(evaluation, looks),
    accuracyBySamples(evaluation, looks),
    accuracyByCost(evaluation, looks),
    roundsBySamples(evaluation, looks),
  ];
  const drawn: Html[] = [];
  for (const spec of specs) if (spec !== undefined) drawn.push(await figure(spec));
  return html`<div class="charts">${drawn}</div>`;
}

interface Figure {
  readonly title: string;
  readonly hint: string;
  readonly chart: Omit<LineChart, "said">;
}

async function figure({ title, hint, chart }: Figure): Promise<Html> {
  const whole = { ...chart, said: `${title} ${hint} The tables have the figures.` };
  const [wide, narrow] = [await lineChart(whole), await lineChart({ ...whole, size: "narrow" })];
  return html`<figure><figcaption><b>${title}</b> ${hint}</figcaption><div class="wide">${new Html(wide)}</div><div class="narrow">${new Html(narrow)}</div></figure>
`;
}

const sweepHint = (evaluation: EvaluationJson): string =>
  (evaluation.curves ?? []).length > 0 ? " Lines: levels from loose to strict; large: the level it has by name." : "";

function agreementBySamples(evaluation: EvaluationJson, looks: Looks): Figure {
  return {
    title: "Agreement and samples.",
    hint: `Higher and further left is better. The scale counts what is lost: 99 % is as far from 90 % as 99.9 % from 99 %.${sweepHint(evaluation)}`,
    chart: {
      series: sweptSeries(evaluation, looks, ({ agreement, agreementInterval }) => at(agreement, agreementInterval)),
      xLabel: "samples a question",
      yLabel: "agreement with the full vote",
      yAs: "agreement",
    },
  };
}

function accuracyBySamples(evaluation: EvaluationJson, looks: Looks): Figure | undefined {
  if (evaluation.graded === 0) return undefined;
  return {
    title: "Accuracy and samples.",
    hint: "Bands and bars are 95 % intervals of one policy each; most of their width is common to all, so compare two policies by their paired difference.",
    chart: {
      series: sweptSeries(evaluation, looks, ({ accuracy, accuracyInterval }) => at(accuracy, accuracyInterval)),
      xLabel: "samples a question",
      yLabel: "accuracy",
      yAs: "share",
      ...referenceOf(evaluation),
    },
  };
}

function accuracyByCost(evaluation: EvaluationJson, looks: Looks): Figure | undefined {
  const cost = costOf(evaluation.policies);
  if (cost === undefined || evaluation.graded === 0) return undefined;
  const series = evaluation.policies.flatMap((score): Series[] => {
    const [x, y] = [cost.of(score), at(score.accuracy, score.accuracyInterval)];
    return x === undefined || y === undefined
      ? []
      : [{ name: score.policy, ...looks.get(score.policy), points: [{ x, ...y }] }];
  });
  if (series.length === 0) return undefined;
  return {
    title: `Accuracy and ${cost.noun}.`,
    hint: cost.hint,
    chart: { series, xLabel: cost.label, xAs: cost.as, yLabel: "accuracy", yAs: "share", ...referenceOf(evaluation) },
  };
}

function roundsBySamples({ policies }: EvaluationJson, looks: Looks): Figure {
  return {
    title: "Rounds and samples.",
    hint: "Each policy at its own level. Rounds come one after another: they are what a question waits for.",
    chart: {
      series: policies.map(({ policy, meanSamples, meanRounds }) => ({
        name: policy,
        ...looks.get(policy),
        points: [{ x: meanSamples, y: meanRounds }],
      })),
      xLabel: "samples a question",
      yLabel: "rounds a question",
    },
  };
}

interface Cost {
  readonly noun: string;
  readonly label: string;
  readonly hint: string;
  readonly as: "dollars" | "number";
  readonly of: (score: PolicyScore) => number | undefined;
}

/** Dollars where they are known, else tokens; one kind for all policies. */
function costOf(policies: readonly PolicyScore[]): Cost | undefined {
  const kinds: readonly Cost[] = [
    {
      noun: "dollars",
      label: "dollars a question",
      hint: "Each policy at its own level; a prompt is paid once a request.",
      as: "dollars",
      of: ({ totalUsd }) => totalUsd?.shared,
    },
    {
      noun: "dollars",
      label: "dollars a question, without prompts",
      hint: "Each policy at its own level; generated tokens alone.",
      as: "dollars",
      of: ({ outputUsd }) => outputUsd?.mean,
    },
    {
      noun: "tokens",
      label: "generated tokens a question",
      hint: "Each policy at its own level.",
      as: "number",
      of: ({ outputTokens }) => outputTokens?.mean,
    },
  ];
  return kinds.find(({ of }) => policies.some((score) => of(score) !== undefined));
}

function sweptSeries(
  { policies, curves = [] }: EvaluationJson,
  looks: Looks,
  of: (score: Scored) => Pick<Point, "y" | "low" | "high"> | undefined,
): Series[] {
  return policies.flatMap((score): Series[] => {
    const curve = curves.find(({ policy }) => policy === score.policy);
    const scores = curve?.points ?? [score];
    const points = scores.flatMap((one): Point[] => {
      const y = of(one);
      if (y === undefined) return [];
      if (curve === undefined || !("value" in one)) return [{ x: one.meanSamples, ...y }];
      const isOwn = one.value === curve.own;
      return [{ x: one.meanSamples, ...y, isOwn, name: `${score.policy}, ${curve.parameter} ${one.value}` }];
    });
    return points.length === 0 ? [] : [{ name: score.policy, ...looks.get(score.policy), points }];
  });
}

type Scored = Pick<PolicyScore, "meanSamples" | "agreement" | "agreementInterval" | "accuracy" | "accuracyInterval"> & {
  readonly value?: number;
};

const at = (y: number | undefined, interval: Interval | undefined): Pick<Point, "y" | "low" | "high"> | undefined =>
  y === undefined ? undefined : { y, ...interval };

function referenceOf({ fullVote }: EvaluationJson): Pick<LineChart, "reference"> {
  if (fullVote?.accuracy === undefined) return {};
  return { reference: { y: fullVote.accuracy, name: `full vote ${percent(fullVote.accuracy)}` } };
}
