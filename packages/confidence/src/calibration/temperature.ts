import { clippedLogit, logistic } from "@quorate/core";
import { z } from "zod";
import { risingRoot } from "../numerics/rising-root.ts";
import { clip } from "./clip.ts";
import { defineMethod, perParameter } from "./method.ts";

/** Temperatures are kept inside [1/100, 100]: beyond, a fit has no finite end. */
const temperatureAtMost = 100;

/**
 * Temperature scaling (Guo et al. 2017) of a single probability: the T with the least log-loss of σ(logit(score)/T). The
 * loss is convex in 1/T, so that its slope has one root.
 */
export const temperature = defineMethod({
  name: "temperature",
  parameters: z.strictObject({ clip }),
  needs: () => ({ scores: perParameter, ofEachClass: perParameter, scale: "probability" }),
  fit({ scores, right, wrong }, { clip }) {
    const logOdds = scores.map((score) => clippedLogit(score, clip));
    const slopeAt = (inverse: number) => {
      let sum = 0;
      for (let block = 0; block < logOdds.length; block += 1) {
        const expected = (right[block]! + wrong[block]!) * logistic(inverse * logOdds[block]!);
        sum += (expected - right[block]!) * logOdds[block]!;
      }
      return sum;
    };
    const inverse = risingRoot(slopeAt, 1 / temperatureAtMost, temperatureAtMost);
    return { form: "temperature", temperature: 1 / inverse, clip };
  },
});
