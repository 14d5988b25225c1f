import { z } from "zod";
import { ascendingPoints, countBelow, defineForm } from "./form.ts";

/**
 * [upper end, probability], ends ascending: a score gets the probability of the first step whose end it does not exceed,
 * and the last one's above all ends. Steps are (from, to], as the bins of the calibration error. What histogram binning
 * gives (Zadrozny & Elkan 2001); straight lines between bin centres would be another function.
 */
export const steps = defineForm({
  schema: z.strictObject({ form: z.literal("steps"), steps: ascendingPoints }),
  build:
    ({ steps }) =>
    (score) =>
      steps[Math.min(countBelow(steps, score, false), steps.length - 1)]![1],
});
