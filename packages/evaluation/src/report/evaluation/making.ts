import type { EvaluationJson } from "../../record/evaluation-json.ts";
import { counted, dollars, grouped, mean } from "../../text/numbers.ts";
import { factList } from "../facts.ts";
import { type Html, html } from "../html.ts";

/** What another person needs to get the same figures. */
export function making(evaluation: EvaluationJson): Html {
  const { file, digest, questions, graded, permutations, seed, samplesPerRequest, baseline } = evaluation;
  const orders = `${counted(permutations, "order")} of each question’s samples, seed ${seed}`;
  return factList([
    ["Recording", html`<bdi>${file}</bdi>`],
    ...(digest === undefined ? [] : ([["SHA-256", html`<code>${digest}</code>`]] as const)),
    ["Questions", html`${grouped(questions)}, ${graded === questions ? "all" : grouped(graded)} with a gold answer`],
    ["Full vote", html`${fullVoteText(evaluation)}`],
    ["Replays", html`${grouped(questions * permutations)} a policy: ${orders}`],
    [
      "Requests",
      html`${samplesPerRequest === undefined ? "one carries a wave of any size" : `one carries at most ${counted(samplesPerRequest, "sample")}`}`,
    ],
    ...(baseline === undefined ? [] : ([["Baseline", html`<bdi>${baseline}</bdi>`]] as const)),
    ...pricesFact(evaluation),
    ...latencyFact(evaluation),
    ["Intervals", html`95 %, over questions or, where questions share a source, over groups`],
  ]);
}

function fullVoteText({ fullVote, maxSamples }: EvaluationJson): string {
  if (fullVote === undefined) return "none";
  return fullVote.meanSamples === maxSamples
    ? `the plurality of ${counted(maxSamples, "sample")}`
    : `the plurality of up to ${counted(maxSamples, "sample")}, ${mean(fullVote.meanSamples)} on average`;
}

function pricesFact({ priced }: EvaluationJson): (readonly [string, Html])[] {
  if (priced === undefined) return [];
  const { model, price } = priced;
  if (price === "unknown") return [["Prices", html`of <bdi>${model}</bdi>: unknown`]];
  const { inputUsdPerMillion, outputUsdPerMillion, source, date } = price;
  const dated = date === undefined ? "" : ` of ${date}`;
  return [
    [
      "Prices",
      html`<bdi>${model}</bdi>: ${dollars(inputUsdPerMillion)} in, ${dollars(outputUsdPerMillion)} out for a million tokens (${source}${dated})`,
    ],
  ];
}

function latencyFact({ latency }: EvaluationJson): (readonly [string, Html])[] {
  if (latency === undefined) return [];
  return [
    [
      "Time",
      latency.kind === "measured"
        ? html`as recorded; no queue and no rate limit`
        : html`a sample takes ${latency.medianSeconds} s in the median, lognormal with sigma ${latency.sigma}; no queue and no rate limit`,
    ],
  ];
}
