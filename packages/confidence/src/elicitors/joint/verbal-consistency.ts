import { verbalNumeric } from "../verbal-numeric.ts";
import { type JointElicitor, sharesOfWeight } from "./joint-elicitor.ts";

/**
 * The share that its answer has of all stated confidence (Xiong et al. 2306.13063, their weighted consistency): Σ c over the
 * samples that agree, over Σ c. Samples that state none give nothing; where all of it is 0 there is no score.
 */
export const verbalConsistency: JointElicitor = {
  name: "verbal-consistency",
  scoreAll: (samples) =>
    sharesOfWeight(samples, ({ signals }) => {
      const stated = verbalNumeric.score(signals);
      return typeof stated === "number" ? stated : undefined;
    }),
};
