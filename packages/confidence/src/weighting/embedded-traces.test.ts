import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildCalibrator, buildWeighting, Tally, type WeightingSpec } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { uniformFrom } from "../__fixtures__/random.ts";
import { fitCalibratorSpec } from "../calibration/fit-calibrator.ts";
import { packScores } from "../metrics/graded-scores.ts";
import type { GradedVote } from "../metrics/graded-vote.ts";
import { metricsOf } from "../metrics/metrics-of.ts";
import { fitDensityRatio } from "./fit-density-ratio.ts";
import { fitRankNormal } from "./fit-rank-normal.ts";
import { fitTemperature } from "./fit-temperature.ts";
import { fitTempering } from "./fit-tempering.ts";
import type { GradedQuestions } from "./fitted-weighting.ts";

const votesPerDecision = 8;

interface Line {
  readonly gold: string;
  readonly samples: readonly {
    readonly answer: string | null;
    readonly confidence: number;
    readonly logprob: number;
  }[];
}

/** Samples that a model really gave; abstentions are left out, as in a vote. */
function read(split: string, score: (sample: Line["samples"][number]) => number): GradedQuestions {
  const file = new URL(`../../../embedded-model/traces/${split}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().trim().split("\n");
  return lines.map((text) => {
    const { gold, samples } = JSON.parse(text) as Line;
    return samples.flatMap((sample): GradedVote[] =>
      sample.answer === null
        ? []
        : [{ answer: sample.answer, isRight: sample.answer === gold, confidence: score(sample) }],
    );
  });
}

/** Of one question: the share of its decisions that are right. */
function rightShare(votes: readonly GradedVote[], spec: WeightingSpec): number {
  const weighting = buildWeighting(spec, {});
  const decisions = Math.max(1, Math.floor(votes.length / votesPerDecision));
  let right = 0;
  for (let i = 0; i < decisions; i += 1) {
    const ballot = votes.slice(i * votesPerDecision, (i + 1) * votesPerDecision);
    const weights =
      weighting.kind === "joint"
        ? weighting.weighAll(ballot)
        : ballot.map(({ confidence }) => weighting.weigh(confidence));
    const tally = ballot.reduce((sum, { answer }, place) => sum.add(answer, weights[place]!), Tally.empty());
    const winner = tally.byWeight.leader?.answer;
    if (ballot.some(({ answer, isRight }) => isRight && answer === winner)) right += 1;
  }
  return right / decisions;
}

/** Paired over questions, in standard errors and in points. */
function gainOverCounts(questions: GradedQuestions, spec: WeightingSpec) {
  const gains = questions.map((votes) => rightShare(votes, spec) - rightShare(votes, { form: "count" }));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (gains.length - 1);
  return { mean, standardError: Math.sqrt(variance / gains.length) };
}

const scores = {
  "the confidence token": (sample: Line["samples"][number]) => sample.confidence,
  "token probabilities": (sample: Line["samples"][number]) => Math.exp(sample.logprob),
};

describe.each(Object.entries(scores))("on the embedded model's samples, by %s", (name, score) => {
  const calibration = read("calibration", score);
  const test = read("test", score);
  const calibrate = buildCalibrator(
    fitCalibratorSpec(
      "isotonic",
      packScores(calibration.flat().map(({ confidence, isRight }) => ({ score: confidence!, isRight }))),
    ),
  );
  const calibrated = (questions: GradedQuestions): GradedQuestions =>
    questions.map((votes) => votes.map((vote) => ({ ...vote, confidence: calibrate(vote.confidence!) })));

  it.each([
    ["softmax", () => fitTemperature(calibration, votesPerDecision), test],
    ["rank-normal", () => fitRankNormal(calibration), test],
    ["density-ratio", () => fitDensityRatio(calibration, { allowNegative: true }), test],
    ["log-odds", () => fitTempering(calibrated(calibration)), calibrated(test)],
  ] as const)("%s weights fitted on one half are not worse than counts on the other", (form, fit, judged) => {
    const { weighting, note } = fit();
    expect(weighting.form).toBe(form);
    expect(note).toBeUndefined();
    const { mean, standardError } = gainOverCounts(judged, weighting);
    expect(mean).toBeGreaterThan(-2 * standardError);
    // Token probabilities tell right from wrong in 85 of 100 pairs here, and that must show.
    if (name === "token probabilities") expect(mean).toBeGreaterThan(2 * standardError);
  });
});

describe("a confidence that was dealt out anew within each question", () => {
  // As a hard question's samples are unsure and an easy one's sure, it still tells right from wrong over all questions.
  const uniform = uniformFrom(3);
  const dealt = read("calibration", scores["token probabilities"]).map((votes) => {
    const confidences = votes
      .map(({ confidence }) => ({ confidence: confidence!, draw: uniform() }))
      .sort((one, other) => one.draw - other.draw)
      .map(({ confidence }) => confidence);
    return votes.map((vote, place) => ({ ...vote, confidence: confidences[place]! }));
  });
  const spread = packScores(dealt.flat().map(({ confidence, isRight }) => ({ score: confidence, isRight })));

  it("leaves every vote at one, and says why, however well it is calibrated", () => {
    expect(metricsOf(spread, ["auroc"]).auroc).toBeGreaterThan(0.7);
    const calibrate = buildCalibrator(fitCalibratorSpec("isotonic", spread));
    const calibrated = dealt.map((votes) => votes.map((vote) => ({ ...vote, confidence: calibrate(vote.confidence) })));
    for (const fit of [fitTempering, fitTemperature, fitRankNormal]) {
      const { weighting, note } = fit(calibrated);
      expect(weighting).toEqual({ form: "count" });
      expect(note).toMatch(
        /does not tell right from wrong within a question \(WQD 0\.\d+ ± 0\.\d+ over \d+ questions\)/,
      );
      expect(gainOverCounts(calibrated, weighting)).toEqual({ mean: 0, standardError: 0 });
    }
  });
});
