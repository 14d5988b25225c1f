import { risingRoot } from "../../numerics/rising-root.ts";
import { softmax } from "../../numerics/softmax.ts";
import type { Agreement } from "./agreement.ts";

const temperatureAtMost = 100;

/**
 * The T of softmax(g/T) with the least Σ KL(target ‖ softmax(g/T)). Convex in 1/T, with slope Σ (E_q[g] − E_p[g]): the T
 * where the mean logit is what the target expects. Inside [1/100, 100].
 */
export function alignTemperature(agreements: readonly Agreement[]): number {
  const expected = agreements.map(({ target, logits }) => mean(target, logits));
  const slopeAt = (inverse: number) =>
    agreements.reduce((sum, { logits }, question) => {
      const probabilities = softmax(logits.map((logit) => inverse * logit));
      return sum + mean(probabilities, logits) - expected[question]!;
    }, 0);
  return 1 / risingRoot(slopeAt, 1 / temperatureAtMost, temperatureAtMost);
}

function mean(probabilities: Float64Array, values: readonly number[]): number {
  return probabilities.reduce((sum, probability, place) => sum + probability * values[place]!, 0);
}
