import { clippedLogit } from "@quorate/core";
import { z } from "zod";
import { fitLogistic, tieBreak } from "../numerics/logistic-regression.ts";
import { clip } from "./clip.ts";
import { defineMethod, perParameter } from "./method.ts";
import { smoothedTargets } from "./smoothed-targets.ts";

/**
 * Platt scaling (1999): a logistic regression on the score or its log-odds. Where right answers score lower, the slope is 0
 * and every answer gets the accuracy: the score tells nothing that a vote could use.
 */
export const platt = defineMethod({
  name: "platt",
  parameters: z.strictObject({ on: z.enum(["score", "logit"]).default("logit"), clip }),
  needs: ({ on }) => ({
    scores: 2 * perParameter,
    ofEachClass: 2 * perParameter,
    scale: on === "score" ? "any" : "probability",
  }),
  fit(ranked, { on, clip }) {
    const { targets, weights } = smoothedTargets(ranked);
    const x = on === "score" ? ranked.scores : ranked.scores.map((score) => clippedLogit(score, clip));
    const ones = new Float64Array(x.length).fill(1);
    const [slope, intercept] = fitLogistic({ columns: [x, ones], targets, weights, penalties: [tieBreak, 0] });
    if (slope! > 0) return { form: "platt", on, slope: slope!, intercept: intercept!, clip };
    const [constant] = fitLogistic({ columns: [ones], targets, weights, penalties: [0] });
    return { form: "platt", on, slope: 0, intercept: constant!, clip };
  },
});
