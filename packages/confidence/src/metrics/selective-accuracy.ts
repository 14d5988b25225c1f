import { defineMetric } from "./metric.ts";

/** Sums of shares of a count miss a whole number by this much at most. */
const rounding = 1e-9;

/**
 * Accuracy of the most confident answers, where `coverage` of all are kept (rounded up to whole answers). Of a tie at the
 * edge each answer is as right as the tie is on average.
 */
export const selectiveAccuracy = defineMetric({
  name: "selective-accuracy",
  scale: "any",
  better: "higher",
  measure({ ranked: { scores, right, wrong, count }, coverage }) {
    const kept = Math.min(count, Math.max(1, Math.ceil(coverage * count - rounding)));
    let left = kept;
    let rightKept = 0;
    for (let block = scores.length - 1; left > 0; block -= 1) {
      const size = right[block]! + wrong[block]!;
      const part = Math.min(left, size);
      rightKept += (part * right[block]!) / size;
      left -= part;
    }
    return rightKept / kept;
  },
});
