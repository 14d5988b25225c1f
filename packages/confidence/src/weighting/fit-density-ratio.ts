import type { WeightingSpec } from "@quorate/core";
import { answerCountOf } from "./answer-count.ts";
import { type FittedWeighting, fittedWhereItDiscriminates, type GradedQuestions } from "./fitted-weighting.ts";

/** Confidences of 0 and 1 have no logit. */
const clip = 1e-3;
const pointCount = 33;
/** In logits: keeps scores of a few distinct values from becoming spikes. */
const leastBandwidth = 0.1;
/** Where neither kind was ever seen the ratio says nothing, rather than 0/0. */
const leastDensity = 1e-300;
/** The table spans the scores without their outermost hundredth at either end; beyond, densities are guesses. */
const margin = 0.01;

/**
 * Weights of Kuang et al. (2510.13918): log f₁/f₀ + log q̂/(1 − q̂), f₁ and f₀ Gaussian kernel densities of the logits of
 * right and wrong samples with Scott's bandwidth, σ·n^(−1/5). Each density takes in the pooled one with the weight of a
 * single sample, so that no ratio is infinite (ours). In the paper q̂ is the mean of a ten-bin calibrator over the responses
 * of the question at hand, which would make every weight depend on the other votes; here it is that mean over all
 * calibration samples, the share of right ones.
 */
export function fitDensityRatio(
  questions: GradedQuestions,
  { allowNegative = false }: { readonly allowNegative?: boolean } = {},
): FittedWeighting {
  return fittedWhereItDiscriminates(questions, "density-ratio", (): WeightingSpec => {
    const logits: Record<"right" | "wrong", number[]> = { right: [], wrong: [] };
    for (const { confidence, isRight } of questions.flat()) {
      if (confidence !== undefined) logits[isRight ? "right" : "wrong"].push(logit(confidence));
    }
    const ofRight = kernelDensity(logits.right);
    const ofWrong = kernelDensity(logits.wrong);
    const [right, wrong] = [logits.right.length, logits.wrong.length];
    const prior = Math.log(right / wrong);
    const weightAt = (x: number) => {
      const [f1, f0] = [ofRight(x), ofWrong(x)];
      const pooled = leastDensity + (right * f1 + wrong * f0) / (right + wrong);
      return Math.log((right * f1 + pooled) / (right + 1)) - Math.log((wrong * f0 + pooled) / (wrong + 1)) + prior;
    };
    const points = placesOf([...logits.right, ...logits.wrong]).map((x) => [
      rounded(confidenceOf(x)),
      rounded(weightAt(x)),
    ]);
    return {
      form: "density-ratio",
      // Neighbours may round to one confidence; those of a table must rise.
      points: points.filter(([confidence], i) => i === 0 || confidence! > points[i - 1]![0]!),
      answers: answerCountOf(questions),
      allowNegative,
      missing: 0.5,
    };
  });
}

function logit(confidence: number): number {
  const clipped = Math.min(1 - clip, Math.max(clip, confidence));
  return Math.log(clipped / (1 - clipped));
}

function confidenceOf(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** A table is read by people too. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}

/** Evenly in logits. */
function placesOf(logits: number[]): number[] {
  logits.sort((a, b) => a - b);
  const first = logits[Math.floor(margin * (logits.length - 1))]!;
  const last = logits[Math.ceil((1 - margin) * (logits.length - 1))]!;
  return Array.from({ length: pointCount }, (_, i) => first + ((last - first) * i) / (pointCount - 1));
}

function kernelDensity(points: readonly number[]): (x: number) => number {
  const mean = points.reduce((sum, point) => sum + point, 0) / points.length;
  const variance = points.reduce((sum, point) => sum + (point - mean) ** 2, 0) / Math.max(1, points.length - 1);
  const bandwidth = Math.max(leastBandwidth, Math.sqrt(variance) * points.length ** -0.2);
  const scale = 1 / (points.length * bandwidth * Math.sqrt(2 * Math.PI));
  return (x) => {
    let sum = 0;
    for (const point of points) sum += Math.exp(-0.5 * ((x - point) / bandwidth) ** 2);
    return sum * scale;
  };
}
