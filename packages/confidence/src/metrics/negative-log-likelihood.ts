import { defineMetric } from "./metric.ts";

/** Confidences count as at least this far from 0 and 1: a wrong answer with confidence 1 costs −ln 1e-12 = 27.6. */
const clip = 1e-12;

/** NLL: mean −ln of the probability given to what happened. */
export const negativeLogLikelihood = defineMetric({
  name: "nll",
  scale: "probability",
  better: "lower",
  measure({ ranked: { scores, right, wrong, count } }) {
    let sum = 0;
    for (let block = 0; block < scores.length; block += 1) {
      const score = Math.min(1 - clip, Math.max(clip, scores[block]!));
      if (right[block]! > 0) sum -= right[block]! * Math.log(score);
      if (wrong[block]! > 0) sum -= wrong[block]! * Math.log1p(-score);
    }
    return sum / count;
  },
});
