import { z } from "zod";
import { fitLogistic, tieBreak } from "../numerics/logistic-regression.ts";
import { clip } from "./clip.ts";
import { defineMethod, perParameter } from "./method.ts";
import { smoothedTargets } from "./smoothed-targets.ts";

/**
 * Beta calibration (Kull, Silva Filho & Flach 2017): a logistic regression on ln s and −ln(1 − s). As in the paper a
 * coefficient below 0 is set to 0 and the others are fitted again. Targets are smoothed as Platt's.
 */
export const beta = defineMethod({
  name: "beta",
  parameters: z.strictObject({ clip }),
  needs: () => ({ scores: 3 * perParameter, ofEachClass: 3 * perParameter, scale: "probability" }),
  fit(ranked, { clip }) {
    const { targets, weights } = smoothedTargets(ranked);
    const ones = new Float64Array(targets.length).fill(1);
    const rising = ranked.scores.map((score) => Math.log(Math.max(clip, score)));
    const falling = ranked.scores.map((score) => -Math.log(Math.max(clip, 1 - score)));
    const fit = (...columns: Float64Array[]) =>
      fitLogistic({ columns, targets, weights, penalties: columns.map((column) => (column === ones ? 0 : tieBreak)) });

    const [a, b, intercept] = fit(rising, falling, ones);
    if (a! >= 0 && b! >= 0) return { form: "beta", a: a!, b: b!, intercept: intercept!, clip };
    const [slope, rest] = fit(a! < 0 ? falling : rising, ones);
    if (slope! < 0) return { form: "beta", a: 0, b: 0, intercept: fit(ones)[0]!, clip };
    return { form: "beta", a: a! < 0 ? 0 : slope!, b: a! < 0 ? slope! : 0, intercept: rest!, clip };
  },
});
