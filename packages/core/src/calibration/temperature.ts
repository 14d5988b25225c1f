import { z } from "zod";
import { clippedLogit, logistic } from "../numerics/logistic.ts";
import { clip, defineForm } from "./form.ts";

/**
 * σ(logit(score)/T): temperature scaling (Guo et al. 2017) of a single probability. Above 1 it draws towards ½, below 1
 * away from it; the order of scores stays.
 */
export const temperature = defineForm({
  schema: z.strictObject({ form: z.literal("temperature"), temperature: z.number().positive(), clip }),
  build:
    ({ temperature, clip }) =>
    (score) =>
      logistic(clippedLogit(score, clip) / temperature),
});
