import { z } from "zod";
import { clippedLogit, logistic } from "../numerics/logistic.ts";
import { clip, defineForm } from "./form.ts";

/**
 * σ(slope · x + intercept), where x is the score itself (Platt 1999) or, for scores that are probabilities, its logit.
 * A slope of 0 says that the score tells nothing; it is never negative, so that the order of scores stays.
 */
export const platt = defineForm({
  schema: z.strictObject({
    form: z.literal("platt"),
    on: z.enum(["score", "logit"]).default("logit"),
    slope: z.number().min(0),
    intercept: z.number(),
    clip,
  }),
  build: ({ on, slope, intercept, clip }) =>
    on === "score"
      ? (score) => logistic(slope * score + intercept)
      : (score) => logistic(slope * clippedLogit(score, clip) + intercept),
});
