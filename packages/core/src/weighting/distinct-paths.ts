import { z } from "zod";
import type { Answer } from "../answer.ts";
import { higherComponent } from "../numerics/weibull-mixture.ts";
import { defineWeighting, type WeighedVote } from "./weighting.ts";

/**
 * Perplexity consistency of RPC (Zhou et al. 2502.00511, 2510.15444): the probability of an answer is the sum of the
 * probabilities of the distinct paths that lead to it, so a path that was sampled twice counts once. The confidence has to
 * be the probability of the response (elicitor `sequence-likelihood`), uncalibrated. A vote carries no text: two with the
 * same answer and the same probability to the last bit are taken for one path, because different token sequences
 * practically never agree in a sum of that many logarithms, and identical ones always do.
 *
 * `prune: "weibull"` first drops a path that is below the mean and more likely in the lower of two Weibull components
 * (RPC fits them to the length-normalised probability; here to the one probability that a vote has). Where the mixture
 * cannot be told nothing is dropped. A vote without a known probability weighs nothing.
 */
export const distinctPaths = defineWeighting({
  name: "distinct-paths",
  parameters: z.strictObject({ prune: z.enum(["none", "weibull"]).default("none") }),
  needsConfidence: true,
  needsRawConfidence: true,
  create: ({ prune }) => ({
    kind: "joint",
    weighAll(votes) {
      const weights = probabilitiesOfFirstUse(votes);
      return prune === "none" ? weights : pruned(weights);
    },
  }),
});

function probabilitiesOfFirstUse(votes: readonly WeighedVote[]): number[] {
  const seen = new Map<Answer, Set<number>>();
  return votes.map(({ answer, confidence }) => {
    if (confidence === undefined) return 0;
    const paths = seen.get(answer);
    if (paths === undefined) seen.set(answer, new Set([confidence]));
    else if (paths.has(confidence)) return 0;
    else paths.add(confidence);
    return confidence;
  });
}

function pruned(weights: number[]): number[] {
  const paths = weights.filter((weight) => weight > 0);
  const isHigher = higherComponent(paths);
  if (isHigher === undefined) return weights;
  const mean = paths.reduce((sum, weight) => sum + weight, 0) / paths.length;
  return weights.map((weight) => (weight > 0 && weight < mean && isHigher(weight) < 0.5 ? 0 : weight));
}
