import type { MetricName } from "@quorate/confidence";
import { lineChart } from "../plots/line-chart.ts";
import type { Series } from "../plots/series.ts";
import { Html, html } from "../report/html.ts";
import { style } from "../report/style.ts";
import { counted, grouped, percent } from "../text/numbers.ts";
import type { SignalStudy, StudiedPart, Study } from "./study.ts";
import { alignmentText, figure } from "./study-lines.ts";

const contentPolicy = ["default-src 'none'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'"].join(
  "; ",
);

/** Studies as one HTML file: nothing is loaded from anywhere, no script, and all that comes from files is escaped. */
export async function* renderStudy(studies: readonly Study[]): AsyncGenerator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Confidence study</title>
<style>${style}figure{margin:0;overflow-x:auto}.scroll{overflow-x:auto}.scroll th{white-space:nowrap}h3{font-size:1rem;margin:2rem 0 .5rem}</style>
</head>
<body>
<main>
<header><p class="brand">Quorate confidence study</p><h1>What a confidence is worth</h1></header>
<p>A confidence is <em>calibrated</em> when 0.8 means right in 8 of 10 cases: a small ECE, points on the diagonal. It
<em>discriminates</em> when right answers score higher: AUROC over all answers, WQD among the answers to one question. The two
are apart: either may be had without the other.</p>
`;
  for (const study of studies) yield (await sectionOf(study)).markup;
  yield "</main>\n</body>\n</html>\n";
}

async function sectionOf(study: Study): Promise<Html> {
  const { file, questionCount, sampleCount, graded, accuracy, signals, alignment, categories, models, notes } = study;
  return html`<section><h2><bdi>${file}</bdi></h2>
<p>${counted(questionCount, "question")}, ${counted(sampleCount, "sample")}, ${grouped(graded)} graded answers, ${percent(accuracy)} of them right.</p>
${signalTable(signals)}
${await reliability(signals)}
${await coverage(signals)}
${alignment === undefined ? undefined : html`<h3>Words against probabilities</h3><p>${alignmentText(alignment)}</p>`}
${partTable("category", categories)}
${partTable("model", models)}
${notes.map((note) => html`<p class="hint">${note}</p>`)}
</section>
`;
}

function signalTable(signals: readonly SignalStudy[]): Html {
  const heads = ["answers", "ECE", "Brier", "NLL", "AUROC", "AURC", "accuracy at 80 %", "WQD"];
  return html`<div class="scroll"><table><caption>Signals, with 95 % intervals over questions resampled whole.</caption>
<thead><tr><th scope="col">signal</th>${heads.map((head) => html`<th scope="col" class="n">${head}</th>`)}</tr></thead>
<tbody>${signals.map(
    (study) => html`<tr><th scope="row">${study.signal}</th><td class="n">${grouped(study.n)}</td>${(
      ["ece", "brier", "nll", "auroc", "aurc", "selective-accuracy", "wqd"] as const
    ).map((name) => html`<td class="n">${figure(study, name)}${range(study, name)}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}

function range({ intervals }: SignalStudy, name: MetricName): Html | undefined {
  const interval = intervals[name];
  return interval && html`<small>${interval.low.toFixed(3)}–${interval.high.toFixed(3)}</small>`;
}

async function reliability(signals: readonly SignalStudy[]): Promise<Html | undefined> {
  const series = signals.flatMap(({ signal, reliability: bins = [] }): Series[] =>
    bins.length === 0
      ? []
      : [
          {
            name: signal,
            points: bins.map(({ confidence, accuracy, count }) => ({
              x: confidence,
              y: accuracy,
              name: `${signal}, ${counted(count, "answer")}`,
            })),
          },
        ],
  );
  if (series.length === 0) return undefined;
  // Last and without a name, so that every signal has the colour that it has elsewhere, and room for its own.
  const diagonal: Series = {
    name: "",
    points: [0, 1].map((at) => ({ x: at, y: at, name: "calibrated" })),
  };
  const drawing = await lineChart({
    series: [...series, diagonal],
    xLabel: "mean confidence of a bin",
    yLabel: "share of right answers",
    yAs: "share",
    said: `Reliability diagram of ${series.map(({ name }) => name).join(", ")}. ${signals.map((study) => `ECE of ${study.signal} ${figure(study, "ece")}`).join("; ")}.`,
  });
  return html`<h3>Reliability</h3><p class="hint">Above the diagonal too modest, below it too sure.</p><figure>${new Html(drawing)}</figure>`;
}

async function coverage(signals: readonly SignalStudy[]): Promise<Html | undefined> {
  const series = signals
    .filter(({ coverage: points }) => points.length > 0)
    .map(
      ({ signal, coverage: points }): Series => ({
        name: signal,
        points: points.map(({ coverage: share, accuracy, threshold }) => ({
          x: 100 * share,
          y: accuracy,
          name: `${signal} from ${threshold.toPrecision(3)}`,
        })),
      }),
    );
  if (series.length === 0) return undefined;
  const drawing = await lineChart({
    series,
    xLabel: "most confident answers that are kept, %",
    yLabel: "share of right ones among them",
    yAs: "share",
    said: `Accuracy of the answers that are kept, by coverage. ${signals.map((study) => `AURC of ${study.signal} ${figure(study, "aurc")}`).join("; ")}.`,
  });
  return html`<h3>Selective classification</h3><figure>${new Html(drawing)}</figure>`;
}

function partTable(head: string, parts: readonly StudiedPart[]): Html | undefined {
  if (parts.length === 0) return undefined;
  const signals = parts[0]!.signals.map(({ signal }) => signal);
  return html`<h3>By ${head}</h3><div class="scroll"><table>
<thead><tr><th scope="col">${head}</th><th scope="col" class="n">answers</th><th scope="col" class="n">right</th>${signals.map(
    (signal) =>
      html`<th scope="col" class="n">${signal} ECE</th><th scope="col" class="n">AUROC</th><th scope="col" class="n">WQD</th>`,
  )}</tr></thead>
<tbody>${parts.map(
    ({
      name,
      n,
      accuracy,
      signals: figures,
    }) => html`<tr><th scope="row"><bdi>${name}</bdi></th><td class="n">${grouped(n)}</td><td class="n">${percent(accuracy)}</td>${figures.map(
      (one) =>
        html`<td class="n">${figure(one, "ece")}</td><td class="n">${figure(one, "auroc")}</td><td class="n">${figure(one, "wqd")}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`;
}
