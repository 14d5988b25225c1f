import { type JointElicitor, sharesOfWeight } from "./joint-elicitor.ts";

/** The share of the question's votes that its answer has (`Sampled` of UF, 2404.02655). Abstentions are no votes. */
export const consistency: JointElicitor = {
  name: "consistency",
  scoreAll: (samples) => sharesOfWeight(samples, () => 1),
};
