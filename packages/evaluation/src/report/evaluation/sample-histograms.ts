import { binned } from "../../plots/column-chart.ts";
import { smallColumns } from "../../plots/small-columns.ts";
import type { EvaluationJson } from "../../record/evaluation-json.ts";
import { mean, percent } from "../../text/numbers.ts";
import { Html, html } from "../html.ts";

/** How many samples replays took under each policy, side by side on the same axes. */
export async function sampleHistograms({ policies, maxSamples }: EvaluationJson): Promise<Html> {
  // A total that all questions share may leave some without any sample.
  const drawnSamples = policies.flatMap(({ samplesHistogram }) => samplesHistogram.map(({ samples }) => samples));
  const range = { first: Math.min(1, ...drawnSamples), last: Math.max(maxSamples, ...drawnSamples) };
  const constant = policies.filter(({ samplesHistogram }) => samplesHistogram.length === 1);
  const varied = policies
    .filter(({ samplesHistogram }) => samplesHistogram.length > 1)
    .map((score) => {
      const values = score.samplesHistogram.map(({ samples, replays }) => ({ value: samples, count: replays }));
      const bins = binned(values, range);
      const total = bins.reduce((sum, { count }) => sum + count, 0);
      return { score, bins, total, most: Math.max(...bins.map(({ count }) => count)) / total };
    });
  const mostShare = Math.max(...varied.map(({ most }) => most));
  const drawn: Html[] = [];
  for (const { score, bins, total, most } of varied) {
    const { policy, meanSamples, medianSamples, p95Samples } = score;
    const facts = `mean ${mean(meanSamples)} · median ${mean(medianSamples, 1)} · p95 ${mean(p95Samples, 1)}`;
    const said = `Histogram of samples under ${policy}: ${facts}; at most ${percent(most)} of replays in one column.`;
    const chart = await smallColumns({ bins, total, mostX: range.last, mostShare, mean: meanSamples, said });
    drawn.push(html`<figure><figcaption><b><bdi>${policy}</bdi></b> ${facts}</figcaption>${new Html(chart)}</figure>
`);
  }
  const always = constant.map(({ policy, meanSamples }) => `${policy} ${mean(meanSamples)}`).join(", ");
  return html`${
    varied.length === 0
      ? undefined
      : html`<p class="hint">Shares of replays by samples, on the same axes; dashed: the mean.</p>
<div class="multiples">${drawn}</div>`
  }${constant.length === 0 ? undefined : html`<p class="hint">Always the same number: <bdi>${always}</bdi>.</p>`}`;
}
