import type { Answer } from "../answer.ts";
import { clippedLogit } from "../numerics/logistic.ts";
import type { Decision } from "../reducer/decision.ts";
import type { Features } from "./ridge-model.ts";

/** What a decision rests on. */
export interface DecidedVote extends Pick<Decision, "answer" | "support" | "sampleCount" | "votes"> {
  /** Mean calibrated confidence of the samples that gave the answer; absent where the policy has none. */
  readonly leaderConfidence?: number;
}

/** One sample's stated certainty is worth no more than odds of 999. */
const clip = 1e-3;

/**
 * The state of a vote as numbers. Counts go in as logarithms: the second vote tells more than the twentieth.
 *
 * `log-samples`: ln of the samples that counted. `leader-share`, `runner-up-share`: of the votes, abstentions left out.
 * `log-lead`: ln(1 + votes ahead), negative where the decision is behind by count. `support`: share of the weight.
 * `log-classes`: ln of the number of different answers. `abstention-share`: of the samples. `leader-confidence`: log-odds of
 * the mean confidence of the answer's votes.
 */
export const decisionFeatures = [
  "log-samples",
  "leader-share",
  "runner-up-share",
  "log-lead",
  "support",
  "log-classes",
  "abstention-share",
] as const;

/** Used where the votes have a confidence. */
export const leaderConfidence = "leader-confidence";

/** Undefined for a decision without an answer. */
export function decisionFeaturesOf(decision: DecidedVote): Features | undefined {
  const { answer, votes, sampleCount, support } = decision;
  if (answer === null) return undefined;
  const all = votes.reduce((sum, { count }) => sum + count, 0);
  const leader = countOf(votes, answer);
  const runnerUp = votes.reduce((most, vote) => (vote.answer === answer ? most : Math.max(most, vote.count)), 0);
  const lead = leader - runnerUp;
  return {
    "log-samples": Math.log(sampleCount),
    "leader-share": leader / all,
    "runner-up-share": runnerUp / all,
    "log-lead": Math.sign(lead) * Math.log1p(Math.abs(lead)),
    support,
    "log-classes": Math.log(votes.length),
    "abstention-share": (sampleCount - all) / sampleCount,
    [leaderConfidence]:
      decision.leaderConfidence === undefined ? undefined : clippedLogit(decision.leaderConfidence, clip),
  };
}

/** Of the votes for the answer that have a confidence; undefined where none has. */
export function meanConfidenceOf(
  answer: Answer | null,
  votes: Iterable<{ readonly answer: Answer; readonly confidence?: number }>,
): number | undefined {
  let [sum, count] = [0, 0];
  for (const vote of votes) {
    if (vote.answer !== answer || vote.confidence === undefined) continue;
    sum += vote.confidence;
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}

function countOf(votes: DecidedVote["votes"], answer: Answer): number {
  return votes.find((vote) => vote.answer === answer)?.count ?? 0;
}
