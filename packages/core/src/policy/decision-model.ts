import { decisionConfidenceOf } from "../decision-confidence/decision-confidence.ts";
import { type DecidedVote, leaderConfidence } from "../decision-confidence/features.ts";
import type { Policy } from "./schema.ts";

/** What a policy knows of its decisions beyond the vote. */
export interface DecisionModel {
  /** P(right); undefined where it cannot be told. */
  readonly confidenceOf: (decision: DecidedVote) => number | undefined;
  /** The confidence of every vote has to be remembered until the decision. */
  readonly readsVotes: boolean;
  /** An answer is kept back that is less likely to be right than this. */
  readonly abstainBelow: number | undefined;
}

export function decisionModelOf({
  decisionConfidence,
  confidence,
  abstainBelow,
}: Pick<Policy, "decisionConfidence" | "confidence" | "abstainBelow">): DecisionModel | undefined {
  if (decisionConfidence === undefined) return undefined;
  return {
    confidenceOf: decisionConfidenceOf(decisionConfidence),
    readsVotes: confidence !== null && decisionConfidence.model.features.some(({ name }) => name === leaderConfidence),
    abstainBelow,
  };
}
